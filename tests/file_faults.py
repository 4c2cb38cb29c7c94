"""Faults of the file system: at a chosen change under a folder a process is killed, or refused.

A change is a file that is opened for writing, or a file or folder that is made, moved or removed,
as Python's audit events tell them; what GDAL and SQLite write by themselves is not among them.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from time import sleep

changes = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "os.link", "os.utime"}
can_fork = hasattr(os, "fork")
writing = os.O_WRONLY | os.O_RDWR


class Watch:
    """What is done at the changes under a folder, counted from 0."""

    def __init__(self, folder: Path, act: Callable[[int], None]) -> None:
        self.folder, self.act, self.count = str(folder), act, 0

    def take(self, event, arguments):
        is_change = event in changes or (event == "open" and arguments[2] & writing)
        if is_change and any(str(argument).startswith(self.folder) for argument in arguments[:2]):
            self.count += 1
            self.act(self.count - 1)


watches: list[Watch] = []


def _hook(event, arguments):
    if watches and (event in changes or (event == "open" and isinstance(arguments[2], int))):
        watches[-1].take(event, arguments)


sys.addaudithook(_hook)


@contextmanager
def watched(folder, act):
    """Do something at each change under a folder."""
    watches.append(Watch(folder, act))
    try:
        yield watches[-1]
    finally:
        watches.pop()


def refused_at(folder, at, error, *, lasting=False):
    """Refuse a change, and with ``lasting`` all that follow."""

    def refuse(count):
        if count == at or (lasting and count > at):
            raise type(error)(error.errno, error.strerror)

    return watched(folder, refuse)


def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)


def killed_at(folder, at):
    """Kill this process at a change."""
    return watched(folder, lambda count: die() if count == at else None)


def changes_of(folder, work, *arguments):
    """Return how many changes some work makes under a folder."""
    with watched(folder, lambda _: None) as watch:
        work(*arguments)
    return watch.count


def dies(folder, work, *arguments, at=None, after_s=None):
    """Do some work in a child that is killed; return whether it was before it had ended."""
    child = os.fork()
    if child == 0:
        try:
            with killed_at(folder, -1 if at is None else at):
                work(*arguments)
        finally:
            os._exit(0)
    if after_s is not None:
        sleep(after_s)
        os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])
