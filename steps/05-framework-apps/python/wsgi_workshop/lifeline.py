"""Ends this process when the server dies, however it dies, and even if the application never returns.

The server holds the other end of a pipe and never writes to it. When the server dies, that pipe ends.
"""

import os
import signal
import sys
import threading


def hold(lifeline):
    os.set_inheritable(lifeline, False)
    if sys.platform == "linux":
        let_the_kernel_watch(lifeline)
    threading.Thread(target=wait, args=(lifeline,), daemon=True).start()


def wait(lifeline):
    if sys.platform == "linux":
        import select

        # A read that waits keeps the kernel's signal away.
        select.select([lifeline], [], [])
    os.read(lifeline, 1)
    os._exit(0)


def let_the_kernel_watch(lifeline):
    """The thread does not run while, say, a regular expression backtracks for ever. The kernel's signal comes."""
    import fcntl

    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
