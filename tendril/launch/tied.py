"""Run a program that ends when the process that started it does.

Started as a file, by path, so that nothing of the site is imported:
``python tied.py PARENT_PID PROGRAM ARGUMENT…``
"""

import ctypes
import os
import signal
import sys
import time

PR_SET_PDEATHSIG = 1


def main(parent: int, program: list[str]) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    elif os.name == "posix":
        leave_watcher(parent)
    # The parent may have gone before it was being watched.
    if os.name != "posix" or os.getppid() == parent:
        os.execv(program[0], program)  # noqa: S606


def leave_watcher(parent: int) -> None:
    """Fork a process that asks this one to stop once the parent is gone."""
    watched = os.getpid()
    if os.fork():
        return
    while os.getppid() == watched and is_alive(parent):
        time.sleep(1)
    if os.getppid() == watched:
        os.kill(watched, signal.SIGTERM)
    os._exit(0)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
