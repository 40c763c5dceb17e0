"""Keep the garbage collector from a million new objects, none of them garbage."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 10_000
"""From how many objects on it is worth the while to spare the collector a walk over them."""


_lock = threading.Lock()
_state = {"pauses": 0, "ran": False}  # how many threads want one; whether it ran before the first


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector from walking a million new objects, none of them garbage.

    It is one for the whole process, so that the first thread to come pauses it, where it was
    running, and the last to go lets it run again.
    """
    with _lock:
        if not _state["pauses"]:
            _state["ran"] = gc.isenabled()
            gc.disable()
        _state["pauses"] += 1
    try:
        yield
    finally:
        with _lock:
            _state["pauses"] -= 1
            if not _state["pauses"] and _state["ran"]:
                gc.enable()


def spare_collector(count: int) -> None:
    """Put so many new objects, none of them garbage, among the old ones without a walk over them.

    Else the collector walks all of them at the next chance, which is a seventh of the time of
    reading. A caller who has frozen objects of his own is left alone, for they would be thawed.
    """
    if count >= MANY and not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()
