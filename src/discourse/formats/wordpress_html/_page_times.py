"""When the comments and the article of a page were written, of all that the page prints of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, MutableMapping
from typing import Any

from ..._markup.local_times import LOCAL, LOCAL_EDIT, local_times
from ...errors import Problem, shown
from .._phrases.page_dates import Local, PageDates, Unread, advice, before
from ._clock import Clock, time_in

_ARTICLE = ""
"""What stands for the article among the ids of comments, none of which is empty."""


class PageTimes:
    """Reads times, and remembers what is uncertain about them: one problem of a kind for all.

    Args:
        clock: The site's clock.
        dates: The printed dates of the page.
        captured_at: When the page was saved, from which ages ("3 days ago") count back.
        language: The language of the page.
    """

    def __init__(
        self,
        clock: Clock,
        dates: PageDates,
        captured_at: dt.datetime | None,
        language: str | None,
    ) -> None:
        self.clock = clock
        self._dates = dates
        self._captured_at = captured_at
        self._language = language
        self._troubles: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._readings: tuple[str, ...] = ()

    def of_comment(
        self, id: str, stamp: str | None, printed: str | None, meta: MutableMapping[str, Any]
    ) -> dt.datetime | None:
        """Return when a comment was written; what is uncertain of it goes to *meta*.

        Args:
            id: The id of the comment.
            stamp: What the page prints of it for machines.
            printed: What it prints for people.
            meta: Gets ``datetime`` and ``date``, as printed, and the time on the site's clock.
        """
        time = self.clock.time(stamp or "")
        if time is not None:
            return time
        local = self.clock.local(stamp or "")
        if local is None:
            if stamp:
                meta["datetime"] = stamp
            if printed and printed != stamp:
                meta["date"] = printed
            return self._of_texts(id, [each for each in (printed, stamp) if each], meta)
        if printed and stamp and (utc := time_in(stamp)) is not None and utc.tzinfo is not None:
            beside = self._dates.read(printed)
            if isinstance(beside, Local) and beside.time is not None:
                time = self.clock.learn_from(beside.naive(), utc)
        time = time or self._placed(id, Local(local.date(), local.time()), meta)
        if time is None:
            meta["datetime"] = stamp
        return time

    def of_article(
        self,
        stamp: str | None,
        declared: str | None,
        printed: Callable[[], list[str]],
        meta: MutableMapping[str, Any],
    ) -> dt.datetime | None:
        """Return when the article was published: as readers see it, or as machines get it."""
        clock = self.clock
        time = clock.time(stamp or "")
        if time is not None:
            if time.utcoffset() or clock.is_honest:
                clock.learn(time)
            return time
        local = clock.local(stamp or "")
        time = clock.time(declared or "", is_utc=True)
        if time is not None:
            if time.utcoffset():
                clock.learn(time)
            elif local is not None:
                clock.learn_from(local, time)
            return time
        local = local or clock.local(declared or "")
        if local is not None:
            time = self._placed(_ARTICLE, Local(local.date(), local.time()), meta)
            if time is None:
                meta["datetime"] = stamp or declared
            return time
        texts = [each for each in (stamp, declared) if each]
        if texts:
            meta["datetime"] = texts[0]
        return self._of_texts(_ARTICLE, [*self._best_of(printed(), meta), *texts], meta)

    def _best_of(self, printed: list[str], meta: MutableMapping[str, Any]) -> list[str]:
        """Return the first of some dates that can be read, else the first."""
        read = (text for text in printed if isinstance(self._dates.read(text), Local))
        best = next(read, next(iter(printed), None))
        if best is None:
            return []
        meta["date"] = best
        return [best]

    def of_edit(self, declared: str, meta: MutableMapping[str, Any]) -> dt.datetime | None:
        """Return when the article was last changed, which only machines get."""
        time = self.clock.time(declared, is_utc=True)
        local = self.clock.local(declared) if time is None else None
        if local is not None:
            return self._placed(_ARTICLE, Local(local.date(), local.time()), meta, LOCAL_EDIT)
        return time

    def _of_texts(
        self, id: str, texts: list[str], meta: MutableMapping[str, Any]
    ) -> dt.datetime | None:
        """Return the time that one of some texts tells, one with a time of day first."""
        if not texts:
            return None
        found = [self._dates.read(text) for text in texts]
        dates = [each for each in found if isinstance(each, Local)]
        if dates:
            best = next((each for each in dates if each.time is not None), dates[0])
            return self._placed(id, best, meta)
        unread = next(each for each in found if isinstance(each, Unread))
        if unread.age and self._captured_at is not None:
            try:
                return before(self._captured_at, unread.age)
            except OverflowError:
                pass
        if unread.age:
            self._report("relative-date", id, texts[0])
        elif unread.readings:
            self._report("ambiguous-date", id, texts[0])
            self._readings = self._readings or unread.readings
        else:
            self._report("unread-date", id, texts[0])
        return None

    def _placed(
        self, id: str, local: Local, meta: MutableMapping[str, Any], key: str = LOCAL
    ) -> dt.datetime | None:
        time = self.clock.placed(local.naive())
        if time is None or local.time is None:
            meta[key] = local.iso()
        if time is None:
            self._report("local-time", id)
        elif local.time is None:
            self._report("no-time-of-day", id)
        return time

    def _report(self, kind: str, id: str, text: str = "") -> None:
        self._troubles[kind].append((id, text))

    def problems(self) -> list[Problem]:
        """Return what is uncertain, with the ids of the comments."""
        return [self._problem(kind, cases) for kind, cases in self._troubles.items()]

    def _problem(self, kind: str, cases: list[tuple[str, str]]) -> Problem:
        count, example = len(cases), shown(cases[0][1])
        dates = "1 date is" if count == 1 else f"{count:,} dates are"
        message = {
            "local-time": local_times(count),
            "no-time-of-day": f"{dates} without a time of day: taken for the beginning of the day",
            "relative-date": f"{dates} relative, such as {example}: pass captured_at=, the time at "
            "which the page was saved, to resolve them",
            "ambiguous-date": f"{dates} ambiguous, such as {example}, which is "
            f"{' or '.join(self._readings)}: {_remedy(self._readings)}" + advice(self._language),
            "unread-date": f"{dates} in no known form, such as {example}: kept in meta"
            + advice(self._language),
        }[kind]
        ids = dict.fromkeys(id for id, _ in cases if id != _ARTICLE)
        return Problem(kind, message, tuple(ids))


def _remedy(readings: tuple[str, ...]) -> str:
    if any(":" in reading for reading in readings):
        return "no word beside it is known for a.m. or p.m."
    return "pass day_first=True or day_first=False"
