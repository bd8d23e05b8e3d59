"""The head of a response, as start_response is told it and as it goes to the server."""

from .frames import pack_texts


class BrokenContract(AssertionError):
    """The application does what PEP 3333 forbids."""


def content_length(headers):
    for name, value in headers:
        if name.lower() == "content-length":
            return int(value) if value.isdecimal() else None
    return None


def pack_head(status, headers):
    """Only the types are looked at: what the texts may say is the server's to judge."""
    if not isinstance(headers, list):
        raise BrokenContract(f"start_response got headers of type {type(headers).__name__}, not a list of tuples")
    texts = [status]
    for name, value in headers:
        texts += (name, value)
    try:
        head = pack_texts(texts)
    except (TypeError, UnicodeEncodeError):
        head = b""
    if head.count(b"\0") != len(texts):
        raise BrokenContract(f"start_response got {first_wrong(texts)!r} in its head: PEP 3333 wants str of bytes")
    return head


def first_wrong(texts):
    """The one that is no native string (PEP 3333, "A Note on String Types"), or that no head can have in it."""
    for text in texts:
        if not isinstance(text, str) or "\0" in text or any(character > "\xff" for character in text):
            return text
