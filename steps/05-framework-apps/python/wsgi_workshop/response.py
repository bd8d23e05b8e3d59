"""A response: `start_response` and `write` of PEP 3333, and the frames that they lead to.

The head goes with the first bytes of the body. A response of which these are all goes in one frame. The payload of a
RESPONSE frame: a byte that is 1 if the response is whole, the length of the head (4 bytes), the head, the bytes.
"""

import struct

from .frames import CHUNK, CHUNK_COST, END, FAILED, RESPONSE, pack_texts

PROLOGUE = struct.Struct(">BI")
# The most that goes in one frame.
BLOCK = 65536


class BrokenContract(AssertionError):
    """The application does what PEP 3333 forbids."""


class Response:
    def __init__(self, channel, number, method):
        self.channel = channel
        self.number = number
        self.method = method
        self.head = None  # What start_response was told: status and headers.
        self.head_sent = False
        self.over = False  # Its last frame has gone.

    def start_response(self, status, headers, exc_info=None):
        if exc_info:
            try:
                if self.head_sent:
                    raise exc_info[1].with_traceback(exc_info[2])
            finally:
                exc_info = None  # The traceback refers to this function, and so to itself.
        elif self.head is not None:
            raise BrokenContract("start_response was called a second time, without exc_info")
        check_head(status, headers)
        self.head = status, list(headers)
        return self.write

    def write(self, chunk):
        """For applications that cannot return their body. The head goes even if the chunk is empty."""
        self.send(chunk, even_empty=True)

    def send(self, chunk, even_empty=False):
        """Sends bytes at once: the server has them, or keeps them for its client, when this returns."""
        check_chunk(chunk)
        self.channel.check_client()
        if chunk or even_empty:
            self.send_bytes(chunk)

    def send_list(self, chunks):
        """All is there already, so the length is known, and what is small goes in one frame."""
        for chunk in chunks:
            check_chunk(chunk)
        length = sum(map(len, chunks))
        self.declare_length(length)
        if length <= BLOCK:
            self.send_bytes(b"".join(chunks))
            return
        for chunk in chunks:
            self.send(chunk)

    def declare_length(self, length):
        """PEP 3333, "Handling the Content-Length Header". An answer to HEAD, 204 and 304 have another length, or none."""
        if self.head is None or self.head_sent or self.method == "HEAD":
            return
        status, headers = self.head
        if not status.startswith(("204", "304")) and content_length(headers) is None:
            headers.append(("Content-Length", str(length)))

    def send_bytes(self, chunk):
        if self.over:
            if chunk:
                raise BrokenContract("the application sent more than the Content-Length that it had declared")
            return
        rest = memoryview(chunk)
        if not self.head_sent:
            first = rest[:BLOCK]
            self.send_head(first)
            rest = rest[BLOCK:]
        while rest:
            piece = rest[: min(self.channel.wait_for_credit(), BLOCK)]
            self.channel.credit -= len(piece) + CHUNK_COST
            self.channel.send(CHUNK, self.number, piece)
            rest = rest[len(piece) :]

    def send_head(self, first, ended=False):
        """Sends the head with the first bytes. If those are as many as its Content-Length says, that is all."""
        if self.head is None:
            raise BrokenContract("the application gave its body without calling start_response")
        status, headers = self.head
        head = pack_texts([status, *(text for header in headers for text in header)])
        whole = ended or content_length(headers) == len(first)
        self.head_sent = True
        self.over = whole
        self.channel.credit -= len(first) + CHUNK_COST
        self.channel.send(RESPONSE, self.number, PROLOGUE.pack(whole, len(head)), head, first)

    def finish(self):
        if not self.head_sent:
            self.send_head(b"", ended=True)
        elif not self.over:
            self.over = True
            self.channel.send(END, self.number)

    def abandon(self):
        """The client has left. The server still wants to know when this process is done with the request."""
        if not self.over:
            self.over = True
            self.channel.send(END, self.number)

    def fail(self, error):
        if not self.over:
            self.over = True
            self.channel.send(FAILED, self.number, f"{type(error).__name__}: {error}".encode("utf-8", "replace"))


def content_length(headers):
    for name, value in headers:
        if name.lower() == "content-length":
            return int(value) if value.isdecimal() else None
    return None


def check_head(status, headers):
    """Types only: what the texts may say is the server's to judge."""
    if not isinstance(headers, list):
        raise BrokenContract(f"start_response got headers of type {type(headers).__name__}, not a list of tuples")
    check_text(status, "a status")
    for name, value in headers:
        check_text(name, "a header's name")
        check_text(value, f"a value of {name}")


def check_text(text, what):
    """PEP 3333, "A Note on String Types"."""
    if not isinstance(text, str):
        raise BrokenContract(f"start_response got {what} of type {type(text).__name__}, not str: {text!r}")
    if "\0" in text or not text.isascii() and max(text) > "\xff":
        raise BrokenContract(f"start_response got {what} with a character that is no byte of a head: {text!r}")


def check_chunk(chunk):
    if isinstance(chunk, bytes):
        return
    remedy = ": encode it, as in text.encode()" if isinstance(chunk, str) else ""
    raise BrokenContract(f"a chunk of the body is {type(chunk).__name__}, not bytes{remedy}")
