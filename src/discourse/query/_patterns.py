r"""Run regular expressions that cannot hang: bounded in size, and in the time of a search.

A search by `re` cannot be interrupted. Linear engines read patterns differently: RE2's ``\b`` knows
only ASCII letters, and would silently match ``école`` in other places. The package ``regex`` reads
the syntax of `re`, with all of Unicode, and takes a timeout.
"""

import importlib
import re
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Self

from ..errors import LimitError, MissingExtraError, shown
from . import _arguments as check

LONGEST = 1_000
"""The most characters of a regular expression."""
LARGEST = 20_000
"""The most pieces of one with its repetitions expanded: ``(?:ab){3}`` has about six."""

_SECONDS = 2.0
_A_TEXT = 1e-4
_A_CHARACTER = 1e-6


class OwnPattern(str):
    """The text of a pattern that the caller compiled with `re`, with all flags except IGNORECASE.

    The caller is trusted, so `re` searches for it, without a time limit.
    """

    __slots__ = ("pattern",)

    pattern: re.Pattern[str]

    def __new__(cls, pattern: re.Pattern[str]) -> Self:
        """Return the text of *pattern*, with the pattern as an attribute."""
        if not isinstance(pattern.pattern, str):
            why = "must be a pattern of text, not bytes"
            check.refuse_type("matching(text)", pattern.pattern, why)
        letters = "".join(letter for flag, letter in _LETTERS.items() if pattern.flags & flag)
        text = f"(?{letters}){pattern.pattern}" if letters else pattern.pattern
        own = super().__new__(cls, check.text("matching(text)", text))
        own.pattern = pattern
        return own

    def __reduce__(self) -> tuple[object, ...]:
        return OwnPattern, (self.pattern,)


_LETTERS = {re.ASCII: "a", re.MULTILINE: "m", re.DOTALL: "s", re.VERBOSE: "x"}


def search_within(pattern: str, *, ignore_case: bool) -> Callable[[], Callable[[str], bool]]:
    """Return a function that begins a search: it returns a test of one text for *pattern*.

    Raises `FieldError` if *pattern* is no regular expression, or is too long or too large.
    """
    # Own patterns have the same bounds, since their JSON form is read without trust.
    if len(pattern) > LONGEST:
        check.refuse("matching(text)", pattern, f"must have at most {LONGEST:,} characters")
    if expanded_size(pattern) > LARGEST:
        why = f"must have at most {LARGEST:,} pieces with its repetitions expanded"
        check.refuse("matching(text)", pattern, why)
    if isinstance(pattern, OwnPattern):
        own = pattern.pattern
        if ignore_case and not own.flags & re.IGNORECASE:
            own = re.compile(own.pattern, own.flags | re.IGNORECASE)
        return lambda: lambda text: own.search(text) is not None
    engine = _compiled(pattern, ignore_case=ignore_case)
    return lambda: _bounded(engine)


@lru_cache(maxsize=64)
def _compiled(pattern: str, *, ignore_case: bool) -> Any:  # noqa: ANN401 - regex has no types
    try:
        # Imported here because it is an extra, and by name because it has no types.
        regex = importlib.import_module("regex")
    except ImportError:
        raise MissingExtraError("matching(regex=True)", "regex") from None
    flags = regex.IGNORECASE if ignore_case else 0
    try:
        # The cache of regex would keep hundreds.
        return regex.compile(pattern, flags, cache_pattern=False)
    except (regex.error, ValueError, OverflowError) as error:
        why = f"must be a regular expression ({shown(str(error), 80)})"
        check.refuse("matching(text)", pattern, why)
    except RecursionError:
        check.refuse("matching(text)", pattern, "must not nest so deeply")


def _bounded(engine: Any) -> Callable[[str], bool]:  # noqa: ANN401 - the same
    """Return a function that searches one text after another within one budget of time."""
    search, now = engine.search, time.thread_time
    left = _SECONDS

    def is_found(text: str) -> bool:
        nonlocal left
        left += _A_TEXT + _A_CHARACTER * len(text)
        start = now()
        try:
            if left > 0:
                return search(text, timeout=left) is not None
        except TimeoutError:
            pass
        finally:
            left -= now() - start
        raise LimitError(
            f"a regular expression took more than {_SECONDS:g} seconds: avoid nested "
            "repetitions and alternatives that begin alike"
        )

    return is_found


# -- size ------------------------------------------------------------------------------------------

_REPEATED = re.compile(r"([\w.\]]?)\{((?:[\s0-9]|#[^\n]*\n)*)")  # space and comments: if verbose


def expanded_size(pattern: str) -> int:
    r"""Return an upper bound of the pieces of a pattern with its repetitions expanded.

    ``regex`` expands the minimum of each repetition: ``(?:(?:a{1000}){1000}){20}`` becomes 20
    million pieces and takes gigabytes, before any timeout applies. Groups are not parsed: each
    repetition of a possible group counts as one of the whole pattern.

    >>> expanded_size("a{1000}"), expanded_size(r"(?:[0-9]{3}x){20,}")
    (1007, 420)
    """
    size, times = len(pattern), 1
    for repeated in _REPEATED.finditer(pattern):
        least = max(1, int(re.sub(r"#[^\n]*|\s", "", repeated[2]) or 1))
        if repeated[1]:  # of one character, or of a set
            size += least
        else:
            times *= least
    return size * times
