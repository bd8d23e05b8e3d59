"""One Python process that runs a WSGI application for a server written in another language.

The server starts it as `python worker.py FILE FOLDER MODULE CALLABLE [SHARED]`, sends it requests as frames over standard input
and gets the responses as frames over standard output (wsgi_workshop/frames.py). The application notices none of this:
to it, this process is an ordinary WSGI server. One request is answered after the other.
"""

import os
import signal
import sys

sys.dont_write_bytecode = True  # The folders of whoever runs this stay as they are.

from wsgi_workshop import lifeline
from wsgi_workshop.answer import answer
from wsgi_workshop.channel import Channel
from wsgi_workshop.frames import READY, REFUSED
from wsgi_workshop.import_application import Refused, load
from wsgi_workshop.outbox import Outbox

LIFELINE = 3  # The descriptor of a pipe that ends when the server does.


def main():
    file, folder, module, name, *shared = sys.argv[1:]
    # Ctrl-C reaches every process of the terminal, and so does its end; a service manager signals all processes of a
    # service. The server ends this one when it is time. (Not SIG_IGN: the application's programs would inherit that.)
    for unheeded in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, unheeded):  # Windows has no SIGHUP.
            signal.signal(getattr(signal, unheeded), lambda number, frame: None)
    source, sink = take_standard_descriptors()
    channel = Channel(source, Outbox(sink, *map(int, shared)))
    lifeline.hold(LIFELINE)
    try:
        application = load(file, folder, module, name)
    except Refused as refused:
        channel.send(REFUSED, 0, str(refused).encode())
        return
    channel.send(READY, 0)
    while True:
        request = channel.next_request()
        if request is None:
            return
        answer(application, request, channel)


def take_standard_descriptors():
    """Moves the two pipes away from descriptors 0 and 1, where the application and the programs that it starts would
    find them: what it prints goes to standard error, and cannot get between the frames."""
    source, sink = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(source, os.O_BINARY)
        msvcrt.setmode(sink, os.O_BINARY)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    return source, sink


if __name__ == "__main__":
    main()
