"""Provide `summary`, which returns the measures of a thread as one value that prints as a table."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias, final, overload

import attrs

from .._notebook import repr_html, rich_console
from .._threads import Threads, named
from ..model import Status
from ..thread import Thread
from . import _participants, _timing, _tree_shape

Measure: TypeAlias = int | float | dt.datetime | dt.timedelta | None
"""One value of a `Summary`."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Summary(Mapping[str, Measure]):
    """The measures of one thread as attributes, as a mapping by their names, and as a text table.

    None means undefined. ``dict(summary)`` has the values as they are, `to_dict` as JSON values.
    """

    comments: int
    """How many comments there are, including placeholders."""
    placeholders: int
    """How many of them are placeholders, with status ``missing``."""
    top_level: int
    """How many of them reply to the article."""
    levels: int
    """See `discourse.metrics.levels`."""
    max_width: int
    """See `discourse.metrics.max_width`."""
    h_index: int
    """See `discourse.metrics.h_index`."""
    structural_virality: float | None
    """See `discourse.metrics.structural_virality`."""
    mean_replies: float | None
    """The mean number of direct replies to a comment: `Branching.mean`."""
    authors: int
    """How many people commented."""
    unknown_authors: int
    """How many comments have an unknown author."""
    gini: float | None
    """How unequally people comment: `Participation.gini`."""
    reply_pairs: int
    """How many pairs (replier, replied to) there are: the edges of the `ReplyGraph`."""
    self_replies: int
    """How many comments reply to a comment by the same author: `ReplyGraph.self_replies`."""
    reciprocity: float | None
    """See `discourse.metrics.reciprocity`."""
    unknown_times: int
    """How many comments have an unknown time."""
    first_at: dt.datetime | None
    """The time of the earliest comment."""
    last_at: dt.datetime | None
    """The time of the latest comment."""
    duration: dt.timedelta | None
    """See `discourse.metrics.duration`."""
    median_response: dt.timedelta | None
    """The median time from a comment to a reply: `ResponseTimes.median`."""
    negative_responses: int
    """How many replies are dated before their parents: `ResponseTimes.negative`."""
    burstiness: float | None
    """See `discourse.metrics.burstiness`."""

    def __getitem__(self, name: str) -> Measure:
        if name not in _NAMES:
            raise KeyError(name)
        value: Measure = getattr(self, name)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)

    def __repr__(self) -> str:
        return (
            f"<Summary: {self.comments:,} comments, {self.levels} levels, {self.authors:,} authors>"
        )

    _repr_html_ = repr_html
    __rich_console__ = rich_console

    def __str__(self) -> str:
        """Return a table of two columns, one line for each measure, ``-`` for None."""
        rows = [(name.replace("_", " "), _text(value)) for name, value in self.items()]
        left = max(len(name) for name, _ in rows)
        right = max(len(text) for _, text in rows)
        return "\n".join(f"{name:<{left}}  {text:>{right}}" for name, text in rows)

    def to_dict(self) -> dict[str, int | float | str | None]:
        """Return the measures as JSON values: times as RFC 3339 in UTC, durations in seconds."""
        return {name: _plain(value) for name, value in self.items()}


_NAMES = tuple(field.name for field in attrs.fields(Summary))


def _plain(value: Measure) -> int | float | str | None:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    return value.total_seconds() if isinstance(value, dt.timedelta) else value


def _text(value: Measure) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:,.3f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


Row: TypeAlias = dict[str, Measure | str]
"""The name of one of several threads, its title and its measures."""


@overload
def summary(threads: Thread) -> Summary: ...
@overload
def summary(threads: Iterable[Thread] | Mapping[str, Thread]) -> list[Row]: ...
def summary(threads: Threads) -> Summary | list[Row]:
    """Return the measures of a thread as one value that prints as a table; of several, as rows.

    The functions of this module define the measures, with their default options. O(n log n).

    For several threads, a row is a dict: ``thread`` (its name, as in `discourse.tables.to_rows`),
    ``title`` (of the article, or None), and the measures, with times in UTC. ``pandas.DataFrame``,
    ``polars.DataFrame`` (with ``infer_schema_length=None``), ``pyarrow.Table.from_pylist`` and
    ``csv.DictWriter`` accept these rows.

    >>> thread = Thread(None, [Comment("1", None, Author("Ada")), Comment("2", "1")])
    >>> measures = summary(thread)
    >>> measures.levels, measures["unknown_authors"], measures.to_dict()["burstiness"]
    (2, 1, None)
    >>> print(measures)
    comments                 2
    placeholders             0
    top level                1
    levels                   2
    max width                1
    h index                  1
    structural virality  1.333
    mean replies         0.500
    authors                  1
    unknown authors          1
    gini                 0.000
    reply pairs              0
    self replies             0
    reciprocity              -
    unknown times            2
    first at                 -
    last at                  -
    duration                 -
    median response          -
    negative responses       0
    burstiness               -
    >>> [(row["thread"], row["comments"], row["levels"]) for row in summary({"a.json": thread})]
    [('a.json', 2, 2)]
    """
    if isinstance(threads, Thread):
        return _summary(threads)
    return [_row(name, thread) for name, thread in named(threads).items()]


def _row(name: str, thread: Thread) -> Row:
    title = None if thread.article is None else thread.article.title
    measures = {
        name: value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value
        for name, value in _summary(thread).items()
    }
    return {"thread": name, "title": title, **measures}


def _summary(thread: Thread) -> Summary:
    people = _participants.participation(thread)
    graph = _participants.reply_graph(thread)
    responses = _timing.response_times(thread)
    branches = _tree_shape.branching(thread)
    times = _timing.known_times(thread)
    return Summary(
        comments=len(thread),
        placeholders=sum(comment.status is Status.MISSING for comment in thread.comments),
        top_level=branches.top_level,
        levels=_tree_shape.levels(thread),
        max_width=_tree_shape.max_width(thread),
        h_index=_tree_shape.h_index(thread),
        structural_virality=_tree_shape.structural_virality(thread),
        mean_replies=branches.mean,
        authors=len(people.counts),
        unknown_authors=people.unknown,
        gini=people.gini,
        reply_pairs=len(graph.edges),
        self_replies=graph.self_replies,
        reciprocity=graph.reciprocity,
        unknown_times=len(thread) - len(times),
        first_at=min(times, default=None),
        last_at=max(times, default=None),
        duration=_timing.duration(thread),
        median_response=responses.median,
        negative_responses=responses.negative,
        burstiness=_timing.burstiness(thread),
    )
