"""Refuse what is no thread where one is wanted, and say what to pass instead."""

from .errors import shown
from .thread import Thread


def expect_thread(given: object) -> None:
    """Raise `TypeError` where *given* is no thread, with what to do about it."""
    if isinstance(given, Thread):
        return
    hint = ""
    if hasattr(given, "threads") and hasattr(given, "problems"):
        hint = ": pass its .thread, or each of its .threads"
    elif isinstance(given, list | tuple) and given and isinstance(given[0], Thread):
        hint = ": pass one thread at a time"
    elif hasattr(given, "thread") and isinstance(given.thread, Thread):
        hint = ": pass its .thread"
    raise TypeError(f"must be a Thread, not {shown(given)}{hint}")
