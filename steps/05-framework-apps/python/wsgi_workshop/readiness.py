"""Whether a read from a pipe would have to wait: each system has its own way to tell."""

import sys

if sys.platform == "win32":
    import ctypes
    import msvcrt

    class Readiness:
        def __init__(self, descriptor):
            self.handle = ctypes.c_void_p(msvcrt.get_osfhandle(descriptor))
            self.available = ctypes.c_ulong()

        def has_data(self):
            peek = ctypes.windll.kernel32.PeekNamedPipe
            works = peek(self.handle, None, 0, None, ctypes.byref(self.available), None)
            return not works or self.available.value > 0  # One that does not work has ended: a read says so.

else:
    import select

    class Readiness:
        def __init__(self, descriptor):
            self.poll = select.poll()
            self.poll.register(descriptor, select.POLLIN)

        def has_data(self):
            return bool(self.poll.poll(0))
