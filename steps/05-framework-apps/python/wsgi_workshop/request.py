"""A request as the application gets it: the environ of PEP 3333, made from a REQUEST frame.

Its payload: a byte of flags, the length of the variables (4 bytes), the variables, the body as far as it was collected.
"""

import struct
import sys

from .body_input import BodyInput
from .frames import unpack_texts

PROLOGUE = struct.Struct(">BI")

# The flags.
MORE = 1  # The body goes on: the rest is asked for with READ.
LENGTH_KNOWN = 2  # It has a Content-Length.
MULTIPROCESS = 4  # Other processes run the same application.


def build_environ(payload, channel):
    flags, length = PROLOGUE.unpack_from(payload)
    body = PROLOGUE.size + length
    texts = unpack_texts(payload[PROLOGUE.size : body])
    environ = dict(zip(texts[::2], texts[1::2]))
    environ["wsgi.version"] = (1, 0)
    environ["wsgi.input"] = BodyInput(channel, payload[body:], flags & MORE, flags & LENGTH_KNOWN)
    environ["wsgi.errors"] = sys.stderr
    environ["wsgi.multithread"] = False
    environ["wsgi.multiprocess"] = flags & MULTIPROCESS != 0
    environ["wsgi.run_once"] = False
    if flags & MORE and not flags & LENGTH_KNOWN:
        # Not in the PEP. It tells Flask and Pyramid that they may read a body without a length: it comes to an end.
        environ["wsgi.input_terminated"] = True
    return environ
