"""`wsgi.input`: the request's body as PEP 3333 lets an application read it."""

import sys

# With a Content-Length the client sends on whether it is answered or not, so whole blocks can be asked for. Without
# one it may wait for an answer to the little that it has sent.
BLOCK = 262144


class BodyInput:
    def __init__(self, channel, collected, more, length_known):
        self.channel = channel
        self.buffer = collected
        self.position = 0
        self.more = more
        self.length_known = length_known

    def read(self, size=-1):
        size = limit(size)
        self.channel.check_client()
        parts = [self.take(size)]
        missing = size - len(parts[0])
        while missing > 0 and self.fill(missing, line=False):
            parts.append(self.take(missing))
            missing -= len(parts[-1])
        return b"".join(parts)

    def readline(self, size=-1):
        missing = limit(size)
        self.channel.check_client()
        parts = []
        while True:
            newline = self.buffer.find(b"\n", self.position)
            line_end = len(self.buffer) if newline == -1 else newline + 1
            parts.append(self.take(min(missing, line_end - self.position)))
            missing -= len(parts[-1])
            if newline != -1 or missing == 0 or not self.fill(missing, line=True):
                return b"".join(parts)

    def readlines(self, hint=-1):
        hint = limit(hint or -1)
        lines = []
        for line in self:
            lines.append(line)
            hint -= len(line)
            if hint <= 0:
                break
        return lines

    def __iter__(self):
        return iter(self.readline, b"")

    def take(self, size):
        """Up to `size` bytes of the buffer."""
        taken = self.buffer[self.position : self.position + size]
        self.position += len(taken)
        return taken

    def fill(self, wanted, line):
        """Gets further bytes, once the buffer is used up. False: there are none."""
        if not self.more:
            return False
        if self.length_known:
            self.buffer = self.channel.read_body(BLOCK, False)
        else:
            self.buffer = self.channel.read_body(min(wanted, BLOCK), line)
        self.position = 0
        self.more = self.buffer != b""
        return self.more


def limit(size):
    return sys.maxsize if size is None or size < 0 else size
