"""Turn threads into the text of a format, and tell what of them it cannot hold."""

from collections.abc import Sequence

from ..errors import Problem, UnknownFormatError
from ..thread import Thread
from ._base import Format


def written(threads: Sequence[Thread], chosen: Format) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of *threads* in a format, and a problem for everything that is not in it."""
    reasons = (
        [] if chosen.holds is None else [why for each in threads for why in chosen.holds(each)]
    )
    return _text(threads, chosen), tuple(Problem("not-written", why) for why in reasons)


def _text(threads: Sequence[Thread], chosen: Format) -> str:
    if chosen.serialize_all is not None:
        return chosen.serialize_all(threads)
    if chosen.serialize is None:
        raise UnknownFormatError(f"the format {chosen.name} can be read but not written")
    if len(threads) != 1:
        raise UnknownFormatError(f"a {chosen.name} file holds one thread, not {len(threads)}")
    return chosen.serialize(threads[0])
