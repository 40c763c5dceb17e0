r"""Regular expressions that cannot hang: compiled within bounds, searched within a budget of time.

`re` cannot be stopped once it has begun, and linear engines read patterns otherwise (RE2's ``\b``
knows the letters of ASCII only, so that a pattern with ``école`` would match silently otherwise
than in `re`). The package ``regex`` reads what `re` reads, all of Unicode, and takes a time limit.
"""

import importlib
import time
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, Protocol, cast

from ..errors import LimitError, MissingExtraError, shown
from . import _arguments as check

LONGEST = 1_000
"""The most characters of a regular expression."""

_SECONDS = 2.0
_A_TEXT = 1e-4
_A_CHARACTER = 1e-6


class _Engine(Protocol):
    """What is used of the pattern of ``regex``, which has no types of its own."""

    def search(self, string: str, *, timeout: float) -> object: ...


class Compiled(NamedTuple):
    """A regular expression, ready to be searched for."""

    engine: _Engine

    def bounded(self) -> Callable[[str], bool]:
        """Return a function that searches texts until all of them together have taken too long."""
        search, now = self.engine.search, time.thread_time
        left = _SECONDS

        def found(text: str) -> bool:
            nonlocal left
            left += _A_TEXT + _A_CHARACTER * len(text)
            begun = now()
            try:
                if left > 0:
                    return search(text, timeout=left) is not None
            except TimeoutError:
                pass
            finally:
                left -= now() - begun
            raise LimitError(
                f"a regular expression took more than {_SECONDS:g} seconds: write it without "
                "repetitions in repetitions or alternatives that begin alike"
            )

        return found


@lru_cache(maxsize=64)
def compiled(pattern: str, *, ignore_case: bool) -> Compiled:
    """Return *pattern* ready for use, or raise `FieldError` where it is none."""
    if len(pattern) > LONGEST:
        check.refuse("matching(text)", pattern, f"must have at most {LONGEST:,} characters")
    try:
        # Only here, since it is an extra; by name, since it brings no types.
        regex = importlib.import_module("regex")
    except ImportError:
        raise MissingExtraError("matching(regex=True)", "regex") from None
    flags = regex.IGNORECASE if ignore_case else 0
    try:
        return Compiled(cast("_Engine", regex.compile(pattern, flags)))
    except (regex.error, ValueError, OverflowError) as error:
        check.refuse(
            "matching(text)", pattern, f"must be a regular expression ({shown(str(error), 80)})"
        )
    except RecursionError:
        check.refuse("matching(text)", pattern, "must nest less deeply")
