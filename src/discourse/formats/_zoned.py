"""Resolve local times that threads keep as a site's clock showed them."""

import datetime as dt
from collections.abc import Iterator
from inspect import signature
from typing import cast

import attrs

from .._markup.local_times import LOCAL, local_of, offset_at, with_times
from .._zones import Zone, zone_of
from ..model import Comment
from ..thread import Thread
from ._base import Format, Reading

#: The ``meta`` keys under which formats keep the local time of a comment that also has a time in
#: UTC: this library, WordPress's REST API, and its export.
_BESIDE = (LOCAL, "date", "comment_date")
_FARTHEST = dt.timedelta(hours=14)  # the largest offset of any zone
_QUARTER = dt.timedelta(minutes=15)


def without_zone(
    options: dict[str, object], format: Format
) -> tuple[dict[str, object], dt.tzinfo | None]:
    """Return the options of a format, and the zone separately if the format has no such option.

    Such a format has times with zones, except for local times that another format left in it.
    """
    if "zone" not in options or "zone" in signature(format.parse).parameters:
        return options, None
    own = {name: value for name, value in options.items() if name != "zone"}
    return own, zone_of(cast("Zone", options["zone"]))


def zoned(reading: Reading, zone: dt.tzinfo | None) -> Reading:
    """Return a reading with the local times in ``meta`` resolved in a zone."""
    if zone is None:
        return reading
    threads = [with_times(thread, lambda _: zone) for thread in reading.threads]
    return attrs.evolve(reading, threads=threads)


def zoned_by_others(thread: Thread) -> Thread:
    """Resolve the local times of a thread whose other comments reveal the zone.

    If a feed has some comments of a page in UTC, and the page shows their local times, the offset
    of the page's other times is known too, wherever all zones with these offsets agree on it.
    """
    has_local = any(comment.meta and LOCAL in comment.meta for comment in thread)
    known = dict(_offsets(thread)).values() if has_local else ()
    if not known:
        return thread
    thread = with_times(thread, lambda time: offset_at(time, known))
    return attrs.evolve(thread, comments=map(_without_local, thread))


def _without_local(comment: Comment) -> Comment:
    """Drop the local time of a comment whose time with a zone is known from another input."""
    text = local_of(comment.meta) if comment.meta and comment.created_at is not None else None
    if text is None or "T" not in text:
        return comment
    meta = {name: value for name, value in comment.meta.items() if name != LOCAL}
    return attrs.evolve(comment, meta=meta)


def _offsets(thread: Thread) -> Iterator[tuple[tuple[dt.timedelta, int], dt.datetime]]:
    """Yield times with the offset of the site's clock, one for each offset and year."""
    for comment in thread:
        texts = [text for key in _BESIDE if (text := local_of(comment.meta, key))]
        if comment.created_at is None or not texts or len(texts[0]) < len("2000-01-01T00:00"):
            continue
        shown = dt.datetime.fromisoformat(texts[0]).replace(second=0, microsecond=0)
        utc = comment.created_at.astimezone(dt.UTC).replace(tzinfo=None, second=0, microsecond=0)
        gap = shown - utc
        if abs(gap) <= _FARTHEST and not gap % _QUARTER:
            time = comment.created_at.astimezone(dt.timezone(gap))
            yield (gap, time.year), time
