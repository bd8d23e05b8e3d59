"""Applications for the tests of the Python bridge. The path names one of the functions below."""

import hashlib
import json
import os
import re
import subprocess
import sys
import threading
import time
from wsgiref.validate import validator

TEXT = [("Content-Type", "text/plain; charset=utf-8")]

# What happened, for a later request to tell of.
events = []


def app(environ, start_response):
    name = environ["PATH_INFO"].split("/")[1]
    return globals()[name](environ, start_response)


def text(start_response, what, status="200 OK"):
    start_response(status, list(TEXT))
    return [what.encode()]


class Closing:
    """A body that tells when it is closed."""

    def __init__(self, chunks):
        self.chunks = chunks

    def __iter__(self):
        return iter(self.chunks)

    def close(self):
        events.append("close")


# About requests.


def hello(environ, start_response):
    return text(start_response, "Hello world\n")


def environment(environ, start_response):
    native = [name for name, value in environ.items() if type(name) is not str]
    shown = {name: value for name, value in environ.items() if isinstance(value, (str, bool, tuple))}
    return text(start_response, json.dumps([shown, native, type(environ) is dict]))


def search_path(environ, start_response):
    """Where modules are looked for first, and whether they are looked for beside worker.py."""
    beside = any(os.path.exists(os.path.join(entry, "worker.py")) for entry in sys.path)
    return text(start_response, json.dumps([sys.path[0], beside]))


def told(environ, start_response):
    what = list(events)
    events.clear()
    return text(start_response, json.dumps(what))


def inputs(environ, start_response):
    """Calls the methods of wsgi.input that the query names: `read=5&readline&rest=…`."""
    source = environ["wsgi.input"]
    results = []
    for call in environ["QUERY_STRING"].split("&"):
        name, _, argument = call.partition("=")
        method = getattr(source, name) if name != "iterate" else lambda: list(source)
        result = method(*([int(argument)] if argument else []))
        results.append([line.decode() for line in result] if isinstance(result, list) else result.decode())
    return text(start_response, json.dumps(results))


def digest(environ, start_response):
    """Reads the body in pieces of the size in the query."""
    size = int(environ["QUERY_STRING"] or 65536)
    total, checksum = 0, hashlib.md5()
    for piece in iter(lambda: environ["wsgi.input"].read(size), b""):
        total += len(piece)
        checksum.update(piece)
    return text(start_response, f"{total} {checksum.hexdigest()}")


def greet_twice(environ, start_response):
    """Answers each line before it reads the next."""
    start_response("200 OK", list(TEXT))
    for line in environ["wsgi.input"]:
        yield b"Hello " + line


def count(environ, start_response):
    total = 0
    for piece in iter(lambda: environ["wsgi.input"].read(1 << 20), b""):
        total += len(piece)
    return text(start_response, str(total))


# About responses.


def two_chunks(environ, start_response):
    start_response("200 OK", list(TEXT))
    yield b"one "
    events.append("after one")
    yield b""
    yield b"two"


def late(environ, start_response):
    yield b""
    start_response("201 Created", list(TEXT))
    yield b"late"


def big_list(environ, start_response):
    start_response("200 OK", list(TEXT))
    return [b"x" * 100000, b"y" * 100000]


def by_write(environ, start_response):
    write = start_response("200 OK", list(TEXT))
    write(b"by ")
    write(b"write ")
    return Closing([b"and ", b"yield"])


def cookies(environ, start_response):
    start_response("302 Found", [("Location", "/caf\xe9"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2; Path=/")])
    return []


def endless(environ, start_response):
    start_response("200 OK", list(TEXT))
    try:
        while True:
            yield b"x" * 65536
    finally:
        events.append("generator closed")


def fills(environ, start_response):
    """Yields chunks of a size until no more are taken; then the file named in the query says how many were."""
    size, name = environ["QUERY_STRING"].split("&")
    sent = 0

    def watch():
        before = -1
        while before != sent:
            before = sent
            time.sleep(0.2)
        with open(name + "-new", "w") as file:
            file.write(str(sent))
        os.replace(name + "-new", name)

    threading.Thread(target=watch, daemon=True).start()
    start_response("200 OK", list(TEXT))
    try:
        while True:
            yield b"x" * int(size)
            sent += 1
    finally:
        events.append("stopped")


def zeros(environ, start_response):
    """As many bytes as the query says."""
    size = int(environ["QUERY_STRING"])
    start_response("200 OK", [*TEXT, ("Content-Length", str(size))])
    piece = bytes(1 << 18)
    return (piece for _ in range(size // len(piece)))


def megabyte(environ, start_response):
    start_response("200 OK", list(TEXT))
    return (b"m" * 65536 for _ in range(16))


def read_for_ever(environ, start_response):
    if environ["QUERY_STRING"]:
        open(environ["QUERY_STRING"], "w").close()
    try:
        while True:
            environ["wsgi.input"].read(10)
    except OSError as error:
        events.append(f"read: {type(error).__name__}")
        raise


def write_for_ever(environ, start_response):
    write = start_response("200 OK", list(TEXT))
    try:
        while True:
            write(b"x" * 65536)
    finally:
        events.append("write stopped")


def compute(environ, start_response):
    """Is busy for a while between two chunks, as a client leaves."""
    start_response("200 OK", list(TEXT))
    try:
        yield b"first"
        # A worker looks for what has come once in a millisecond, so it has to take longer than that.
        end = time.monotonic() + 0.01
        while time.monotonic() < end or not os.path.exists(environ["QUERY_STRING"]):
            pass
        yield b"second"
        events.append("went on")
    finally:
        events.append("stopped")


# About errors.


def second_thoughts(environ, start_response):
    start_response("200 OK", list(TEXT))
    try:
        raise ValueError("changed my mind")
    except ValueError:
        start_response("500 Sorry", list(TEXT), sys.exc_info())
    return [b"sorry"]


def too_late(environ, start_response):
    start_response("200 OK", list(TEXT))
    yield b"begun"
    try:
        raise ValueError("too late")
    except ValueError:
        try:
            start_response("500 Sorry", list(TEXT), sys.exc_info())
        except ValueError as error:
            events.append(f"raised again: {error}")
            raise


def twice(environ, start_response):
    start_response("200 OK", list(TEXT))
    start_response("200 OK", list(TEXT))


def throws(environ, start_response):
    raise RuntimeError("before the head")


def throws_after_start(environ, start_response):
    start_response("200 OK", list(TEXT))
    raise RuntimeError("before the first bytes")


def throws_after_head(environ, start_response):
    def chunks():
        yield b"begun"
        raise RuntimeError("after the head")

    start_response("200 OK", list(TEXT))
    return Closing(chunks())


def throws_in_close(environ, start_response):
    class Body(list):
        def close(self):
            raise RuntimeError("in close")

    start_response("200 OK", list(TEXT))
    return Body([b"fine"])


def closes(environ, start_response):
    start_response("200 OK", list(TEXT))
    return Closing([b"fine"])


def silent(environ, start_response):
    return [b"no start_response"]


def returns_text(environ, start_response):
    start_response("200 OK", list(TEXT))
    return "text"


def returns_bytes(environ, start_response):
    start_response("200 OK", list(TEXT))
    return b"bytes"


def returns_none(environ, start_response):
    start_response("200 OK", list(TEXT))


def yields_text(environ, start_response):
    start_response("200 OK", list(TEXT))
    return ["text"]


def yields_numbers(environ, start_response):
    start_response("200 OK", list(TEXT))
    yield 1


def bytes_status(environ, start_response):
    start_response(b"200 OK", list(TEXT))
    return []


def number_header(environ, start_response):
    start_response("200 OK", [("Content-Length", 5)])
    return [b"Hello"]


def wide_header(environ, start_response):
    start_response("200 OK", [("X-Price", "5 \u20ac")])
    return []


def ends_python(environ, start_response):
    sys.exit(3)


# About processes.


def prints(environ, start_response):
    print("printed by the application \u20ac")
    os.write(1, b"written to descriptor 1\n")
    subprocess.run([sys.executable, "-c", "import sys; print('printed by a child', repr(sys.stdin.read()))"])
    environ["wsgi.errors"].write("told to wsgi.errors\n")
    return text(start_response, "printed")


def pid(environ, start_response):
    return text(start_response, f"{os.getpid()} {environ['wsgi.multiprocess']}")


def dies(environ, start_response):
    os._exit(3)


def dies_after_head(environ, start_response):
    start_response("200 OK", list(TEXT))
    yield b"x" * 10
    os._exit(3)


def waits_for(environ, start_response):
    """Answers once there is a file of the name in the query, or dies, if that is what it says."""
    name = environ["QUERY_STRING"]
    while not os.path.exists(name):
        time.sleep(0.005)
    with open(name) as file:
        if file.read() == "die":
            os._exit(3)
    return text(start_response, str(os.getpid()))


def spins(environ, start_response):
    start_response("200 OK", list(TEXT))
    yield str(os.getpid()).encode()
    while True:
        pass


def spins_in_c(environ, start_response):
    """While a regular expression backtracks, no other thread of Python runs."""
    start_response("200 OK", list(TEXT))
    yield str(os.getpid()).encode()
    re.match(r"(a+)+$", "a" * 100 + "b")


class Nested:
    app = staticmethod(hello)


number = 5
valid = validator(lambda environ, start_response: digest(environ, start_response))
