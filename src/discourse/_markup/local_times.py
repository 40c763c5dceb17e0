"""Store times of a site's clock in ``meta`` until their zone is known, and resolve them."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from functools import cache, lru_cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, available_timezones

import attrs

from ..model import Article, Comment, Meta
from ..thread import Thread

_T = TypeVar("_T", Article, Comment)


LOCAL, LOCAL_EDIT = "created_at_local", "edited_at_local"
"""The keys of ``meta`` for times without a zone, in every format. The values are ISO 8601 without
an offset, or only a date if the time of day is unknown."""

_LOCAL_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,6})?)?", re.ASCII)
_REMEMBERED = 64  # cached sets of times


def resolved(
    time: dt.datetime | None,
    zone: dt.tzinfo | None,
    meta: MutableMapping[str, Any],
    key: str = LOCAL,
) -> dt.datetime | None:
    """Return *time* in its own zone or else in *zone*; without either, put it in *meta*.

    A time that occurs twice, when the clock is set back, is the first of the two. A time that the
    clock skips counts on from before (``fold=0``).
    """
    if time is None or time.tzinfo is not None:
        return time
    if zone is not None:
        placed = time.replace(tzinfo=zone)
        try:
            placed.astimezone(dt.UTC)
        except (OverflowError, ValueError):  # outside the years of datetime
            pass
        else:
            return placed
    meta[key] = time.isoformat()
    return None


def local_of(meta: Mapping[str, Any], key: str = LOCAL) -> str | None:
    """Return the local time in ``meta`` in ISO 8601; None for anything else."""
    value = meta.get(key)
    if not isinstance(value, str) or not _LOCAL_TIME.fullmatch(value):
        return None
    return value


def local_times(count: int) -> str:
    """Return the message of the problem that reports times without a zone."""
    have = "1 time has" if count == 1 else f"{count:,} times have"
    return f'{have} no zone: pass zone=, such as zone="Europe/London", to resolve them'


def offset_at(time: dt.datetime, known: Iterable[dt.datetime]) -> dt.timezone | None:
    """Return the offset of a local time at a place, from other times with known offsets there.

    All zones of the world that had these offsets at these times must agree on the offset; else the
    result is None. They differ, for example, across a change to summer time.
    """
    offsets = {zone.utcoffset(time) for zone in _zones_with(frozenset(known))}
    offset = offsets.pop() if len(offsets) == 1 else None
    return None if offset is None else dt.timezone(offset)


@lru_cache(_REMEMBERED)
def _zones_with(known: frozenset[dt.datetime]) -> list[dt.tzinfo]:
    """Return the zones of the world whose clocks showed these times."""
    return [
        zone
        for zone in _world()
        if all(time.astimezone(zone).utcoffset() == time.utcoffset() for time in known)
    ]


@cache
def _world() -> tuple[dt.tzinfo, ...]:
    names = (name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return tuple(ZoneInfo(name) for name in sorted(names))


def with_times(thread: Thread, zone_at: Callable[[dt.datetime], dt.tzinfo | None]) -> Thread:
    """Return a thread whose local times are in the zones that a function returns."""
    article = thread.article
    return attrs.evolve(
        thread,
        article=_with_time(article, zone_at) if article is not None else None,
        comments=[_with_time(comment, zone_at) for comment in thread],
    )


def _with_time(value: _T, zone_at: Callable[[dt.datetime], dt.tzinfo | None]) -> _T:
    changes: dict[str, Any] = {}
    meta = value.meta
    for key, field in ((LOCAL, "created_at"), (LOCAL_EDIT, "edited_at")):
        text = local_of(meta, key) if meta else None
        if text is None or getattr(value, field) is not None:
            continue
        try:
            local = dt.datetime.fromisoformat(text)
            zone = zone_at(local)
            time = local.replace(tzinfo=zone) if zone is not None else None
            if time is not None and time.astimezone(dt.UTC) is not None:
                changes[field] = time
        except (OverflowError, ValueError):  # outside the years of datetime, or no such day
            continue
        if field in changes and "T" in text:  # without "T" it records that the time is unknown
            meta = Meta({name: each for name, each in meta.items() if name != key})
    return attrs.evolve(value, meta=meta, **changes) if changes else value
