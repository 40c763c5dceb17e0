"""Check that an argument is a thread, and say what to pass if it is not."""

from .errors import shown
from .thread import Thread


def expect_thread(value: object) -> None:
    """Raise `TypeError` unless *value* is a thread. The message says what to pass instead."""
    if isinstance(value, Thread):
        return
    hint = ""
    is_list = isinstance(value, list | tuple) and value and isinstance(value[0], Thread)
    if hasattr(value, "threads") and hasattr(type(value), "thread"):
        hint = ": pass its .thread, or each of its .threads"
    elif is_list or hasattr(type(value), "threads"):
        hint = ": pass one thread at a time"
    elif hasattr(value, "thread") and isinstance(value.thread, Thread):
        hint = ": pass its .thread"
    raise TypeError(f"must be a Thread, not {shown(value)}{hint}")
