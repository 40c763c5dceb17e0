r"""Regular expressions that cannot hang: compiled within bounds, searched within a budget of time.

`re` cannot be stopped once it has begun, and linear engines read patterns otherwise (RE2's ``\b``
knows the letters of ASCII only, and would silently find other matches for ``école`` than `re`). The
package ``regex`` reads what `re` reads, all of Unicode, and takes a time limit.
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
"""The most pieces of one, its repetitions written out: ``(?:ab){3}`` has about six."""

_SECONDS = 2.0
_A_TEXT = 1e-4
_A_CHARACTER = 1e-6


class OwnPattern(str):
    """The text of a pattern that the caller compiled with `re`, with its flags but that of case.

    `re` itself searches for it, without a bound on time: it is not a stranger's.
    """

    __slots__ = ("pattern",)

    pattern: re.Pattern[str]

    def __new__(cls, pattern: re.Pattern[str]) -> Self:
        """Return the text of *pattern*, which remembers it."""
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
    """Return what begins a search, by giving a function that finds *pattern* in one text.

    Raises `FieldError` for what is not a regular expression, and for one beyond the bounds.
    """
    # The bounds are those of an own pattern too, whose JSON form is read as a stranger's.
    if len(pattern) > LONGEST:
        check.refuse("matching(text)", pattern, f"must have at most {LONGEST:,} characters")
    if expanded_size(pattern) > LARGEST:
        why = f"must have at most {LARGEST:,} pieces, its repetitions written out"
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
        # Only here, since it is an extra; by name, since it brings no types.
        regex = importlib.import_module("regex")
    except ImportError:
        raise MissingExtraError("matching(regex=True)", "regex") from None
    flags = regex.IGNORECASE if ignore_case else 0
    try:
        # Its own cache would keep hundreds.
        return regex.compile(pattern, flags, cache_pattern=False)
    except (regex.error, ValueError, OverflowError) as error:
        why = f"must be a regular expression ({shown(str(error), 80)})"
        check.refuse("matching(text)", pattern, why)
    except RecursionError:
        check.refuse("matching(text)", pattern, "must nest less deeply")


def _bounded(engine: Any) -> Callable[[str], bool]:  # noqa: ANN401 - the same
    """Return a function that searches texts until all of them together have taken too long."""
    search, now = engine.search, time.thread_time
    left = _SECONDS

    def is_found(text: str) -> bool:
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

    return is_found


# -- size ------------------------------------------------------------------------------------------

_REPEATED = re.compile(r"([\w.\]]?)\{((?:[\s0-9]|#[^\n]*\n)*)")  # space and comments: if verbose


def expanded_size(pattern: str) -> int:
    r"""Return at least how many pieces a pattern has, its repetitions written out.

    ``regex`` writes out the least of each repetition: ``(?:(?:a{1000}){1000}){20}`` makes 20
    million pieces and takes gigabytes, before any clock runs. What a group holds is not looked at:
    a repetition of what may be a group counts as one of all that the pattern has.

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
