"""Frames: how this process and the server talk. frames.ts is the other side.

A frame is nine bytes (the length of what follows them, the kind of frame, the number of the request) and the payload.
While this process waits for one frame, others may come. They are kept until it is their turn.
"""

import struct

HEADER = struct.Struct(">IBI")
NUMBER = struct.Struct(">I")
READ_SIZE = struct.Struct(">BI")

# From the server.
REQUEST = 1  # A request: see request.py.
BODY = 2  # The answer to READ; nothing in it means that the request's body has ended.
BROKEN = 3  # The other answer to READ: the body cannot be read; why, in words.
CREDIT = 4  # So many more bytes of the response may be sent.
ABORT = 5  # The client has left.

# To the server.
READY = 16  # The application is loaded.
REFUSED = 17  # It cannot be; why, in words.
RESPONSE = 18  # The head, and the first bytes of the body: see response.py.
CHUNK = 19  # Further bytes.
END = 20  # The end of a response, or of a request that the client has left.
FAILED = 21  # The application failed; how, in words.
READ = 22  # Asks for up to so many bytes of the request's body, or for a line of at most so many.

# How many bytes of a response the server keeps for a slow client before this process has to wait.
FIRST_CREDIT = (1 << 20) + (1 << 16)
# What a chunk costs besides its bytes: to keep many small ones takes memory, too.
CHUNK_COST = 128


def pack_texts(texts):
    """Several texts as one block of bytes: the separator, an equals sign, the texts with the separator between them.
    Each character is one byte, as PEP 3333 wants it of its "native strings"."""
    return ("\0=" + "\0".join(texts)).encode("latin-1")


def unpack_texts(block):
    """A decoded path may have any bytes in it, so the separator is one that none of the texts has."""
    separator, _, rest = block.decode("latin-1").partition("=")
    return rest.split(separator)
