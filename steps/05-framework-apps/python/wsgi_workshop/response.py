"""A response: `start_response` and `write` of PEP 3333, and the frames that they lead to.

The head goes with the first bytes of the body. A response of which these are all goes in one frame. The payload of a
RESPONSE frame: a byte that is 1 if the response is whole, the length of the head (4 bytes), the head, the bytes.
"""

import struct

from .frames import CHUNK, CHUNK_COST, END, FAILED, RESPONSE
from .head import BrokenContract, content_length, pack_head

PROLOGUE = struct.Struct(">BI")
# The most that goes in one frame.
BLOCK = 65536


class Response:
    def __init__(self, channel, number, method):
        self.channel = channel
        self.number = number
        self.method = method
        self.status = None  # Until start_response has been called.
        self.head = None  # What it was told, as a block of bytes.
        self.length = None  # The Content-Length among it.
        self.head_sent = False
        self.over = False  # The last frame has gone.

    def start_response(self, status, headers, exc_info=None):
        if exc_info:
            try:
                if self.head_sent:
                    raise exc_info[1].with_traceback(exc_info[2])
            finally:
                exc_info = None  # The traceback refers to this function, and so to itself.
        elif self.status is not None:
            raise BrokenContract("start_response was called a second time, without exc_info")
        self.head = pack_head(status, headers)
        self.status = status
        self.length = content_length(headers)
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
        """PEP 3333, "Handling the Content-Length Header". HEAD, 204 and 304 have another length, or none."""
        if self.status is None or self.head_sent or self.length is not None or self.method == "HEAD":
            return
        if not self.status.startswith(("204", "304")):
            self.head += b"\0Content-Length\0%d" % length
            self.length = length

    def send_bytes(self, chunk):
        if self.over:
            if chunk:
                raise BrokenContract("the application sent more than the Content-Length that it had declared")
        elif self.head_sent:
            self.send_chunk(chunk)
        elif len(chunk) <= BLOCK:
            self.send_head(chunk)
        else:
            self.send_head(chunk[:BLOCK])
            self.send_chunk(memoryview(chunk)[BLOCK:])

    def send_head(self, first, ended=False):
        """Sends the head with the first bytes. If those are as many as its Content-Length says, that is all."""
        if self.status is None:
            raise BrokenContract("the application gave its body without calling start_response")
        self.head_sent = True
        self.over = ended or len(first) == self.length
        self.channel.credit -= len(first) + CHUNK_COST
        send = self.channel.send_last if self.over else self.channel.send
        send(RESPONSE, self.number, PROLOGUE.pack(self.over, len(self.head)) + self.head + first)

    def send_chunk(self, chunk):
        """Sends further bytes, as many at a time as the server has room for."""
        rest = memoryview(chunk)
        while rest:
            piece = rest[: min(self.channel.wait_for_credit(), BLOCK)]
            self.channel.credit -= len(piece) + CHUNK_COST
            self.channel.send(CHUNK, self.number, piece)
            rest = rest[len(piece) :]

    def finish(self):
        if not self.head_sent:
            self.send_head(b"", ended=True)
        elif not self.over:
            self.abandon()

    def abandon(self):
        """Nothing further is sent, and the server is told so: it wants to know when this process is free."""
        if not self.over:
            self.over = True
            self.channel.send(END, self.number)

    def fail(self, error):
        if not self.over:
            self.over = True
            self.channel.send(FAILED, self.number, f"{type(error).__name__}: {error}".encode("utf-8", "replace"))


def check_chunk(chunk):
    if isinstance(chunk, bytes):
        return
    remedy = ": encode it, as in text.encode()" if isinstance(chunk, str) else ""
    raise BrokenContract(f"a chunk of the body is {type(chunk).__name__}, not bytes{remedy}")
