"""The way out to the server: a frame goes at once, or waits to go with the next ones in a single write.

A write wakes the server, which puts this process aside where cores are few. For each response of Flask that costs about
as much as making it: with eight in a write a request takes 0.74 times the CPU here, and half of it in the server.

A frame that waits must not be lost if the application ends this process, nor be late if it computes for long. So it
waits in memory that the server shares, and looks at from time to time (held-frames.ts): where the frames in it end
(4 bytes), how often it has been emptied (4 bytes), the frames.
"""

import mmap
import os
import struct

MARKS = struct.Struct("II")
SIZE = 65536
# The most that one write takes along. More would gain little, and leave the server without work meanwhile.
MOST_HELD = 8


class Outbox:
    def __init__(self, sink, shared=None):
        """`shared` is the descriptor of a file of SIZE bytes. Without one nothing is held."""
        self.sink = sink
        self.memory = None
        self.end = MARKS.size
        self.held = 0
        self.emptied = 0
        if shared is not None:
            self.memory = mmap.mmap(shared, SIZE)
            os.close(shared)

    def hold(self, frame):
        """Keeps a frame for the next write. False: there is no room for it."""
        end = self.end + len(frame)
        if self.memory is None or self.held + 1 >= MOST_HELD or end > SIZE:
            return False
        self.memory[self.end : end] = frame
        self.end = end
        self.held += 1
        MARKS.pack_into(self.memory, 0, end, self.emptied)
        return True

    def send(self, frame=b""):
        """Writes what is held, and this behind it."""
        if not self.held:
            return self.write(frame)
        self.write(self.memory[MARKS.size : self.end] + frame)
        self.end = MARKS.size
        self.held = 0
        self.emptied = (self.emptied + 1) & 0xFFFFFFFF
        MARKS.pack_into(self.memory, 0, self.end, self.emptied)

    def write(self, data):
        try:
            sent = os.write(self.sink, data)
            while sent < len(data):
                sent += os.write(self.sink, data[sent:])
        except OSError:
            os._exit(0)  # The server has died: nobody is left to tell anything.
