"""A request as the application gets it: the environ of PEP 3333, made from a REQUEST frame.

Its payload: a byte of flags, the length of the variables' names and that of their values (4 bytes each), the names, the
values, the body as far as it was collected.
"""

import struct
import sys
from functools import lru_cache

from .body_input import BodyInput
from .frames import unpack_texts

PROLOGUE = struct.Struct(">BII")

# The flags.
MORE = 1  # The body goes on: the rest is asked for with READ.
LENGTH_KNOWN = 2  # It has a Content-Length.
MULTIPROCESS = 4  # Other processes run the same application.


@lru_cache(maxsize=64)
def unpack_names(block):
    """Most requests have the same, which need not be made anew. (Not interned: no Python has to give that back, and the
    client chooses them.)"""
    return unpack_texts(block)


def build_environ(payload, channel):
    flags, names_length, values_length = PROLOGUE.unpack_from(payload)
    values = PROLOGUE.size + names_length
    body = values + values_length
    environ = dict(zip(unpack_names(payload[PROLOGUE.size : values]), unpack_texts(payload[values:body])))
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
