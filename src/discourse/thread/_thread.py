"""`Thread`: the value, its construction and repair, and the threads derived from it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, Self, final

import attrs

from .. import _index
from .._notebook import Result, repr_html, rich_console
from ..errors import FieldTypeError, Problem, ThreadError, shown
from ..model import EMPTY, Article, Comment, Meta, Source, Status, Stub
from ..model import _checks as check
from ..model._hints import hinted
from ..model._value import set_fields
from . import _digest, _sibling_order, _tree_repair
from ._lookups import Tree
from ._other_libraries import HINTS
from ._sibling_order import SortKey
from ._tree_repair import OnCycle, OnDuplicate, OnOrphan

if TYPE_CHECKING:
    # Imported by their own names, as the pages show them.
    import networkx  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001
    import pandas  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001
    import polars  # type: ignore[import-not-found, unused-ignore]  # noqa: ICN001
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: ICN001


def _to_comments(value: Iterable[Comment]) -> tuple[Comment, ...]:
    return check.to_tuple(value)


def _to_stubs(value: Iterable[Stub]) -> tuple[Stub, ...]:
    return check.to_tuple(value)


@final
@hinted(HINTS)
@attrs.frozen(repr=False, getstate_setstate=False)
class Thread(Tree):
    """An article and the comments under it, as one immutable value.

    Pass the comments in any order. The thread stores them depth first, siblings in the order given,
    so `comments` reads like the page. Raises `ThreadError`, which lists every problem, if they are
    not a tree: an id occurs twice, a parent is missing, or comments answer each other in a loop.
    `repair` builds a thread from such comments and reports every change. O(n).

    Like any container, a thread without comments is false. A method that takes a comment also
    accepts its id. An unknown id raises `UnknownCommentError`, which is a `KeyError`.

    >>> thread = Thread(Article("Bridge to close"), [
    ...     Comment("a"), Comment("b"), Comment("a1", "a"), Comment("a1x", "a1"),
    ... ])
    >>> [comment.id for comment in thread]
    ['a', 'a1', 'a1x', 'b']
    >>> thread
    <Thread: 'Bridge to close', 4 comments, 2 top-level, 3 levels>
    """

    article: Article | None = attrs.field(default=None, validator=check.instance_of(Article))
    """What the discussion is about, if known."""
    comments: tuple[Comment, ...] = attrs.field(
        default=(), converter=_to_comments, validator=check.tuple_of(Comment)
    )
    """Every comment, depth first, siblings in the order given."""
    stubs: tuple[Stub, ...] = attrs.field(
        default=(), converter=_to_stubs, validator=check.tuple_of(Stub), kw_only=True
    )
    """Markers for content that the source has and the input does not."""
    source: Source | None = attrs.field(
        default=None, validator=check.instance_of(Source), kw_only=True
    )
    """Where the thread came from and how it was parsed."""
    meta: Meta = attrs.field(
        default=EMPTY, converter=check.to_frozen, validator=check.mapping, kw_only=True
    )
    """Source data about the discussion as a whole, as frozen JSON."""

    def __attrs_post_init__(self) -> None:
        built = _index.build(self.comments)
        if built is None or not self._has_parents_of(self.stubs, built[1]):
            raise ThreadError(_index.find_problems(self.comments, self.stubs))
        object.__setattr__(self, "comments", built[0])
        object.__setattr__(self, "_index", built[1])

    @staticmethod
    def _has_parents_of(stubs: tuple[Stub, ...], index: _index.Index) -> bool:
        return all(s.parent_id is None or s.parent_id in index.positions for s in stubs)

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        rest = {name: value for name, value in set_fields(self).items() if name != "comments"}
        return unpickled, (rest, [_to_row(comment) for comment in self.comments])

    def __repr__(self) -> str:
        title = "no article"
        if self.article is not None:
            title = "untitled" if self.article.title is None else shown(self.article.title)
        if not self.comments:
            return f"<Thread: {title}, 0 comments>"
        top = sum(1 for comment in self.comments if comment.parent_id is None)
        levels = 1 + max(self._index.depths)
        return (
            f"<Thread: {title}, {len(self.comments):,} comment{'s'[: len(self.comments) > 1]}, "
            f"{top:,} top-level, {levels:,} level{'s'[: levels > 1]}>"
        )

    _repr_html_ = repr_html
    __rich_console__ = rich_console

    # -- other threads ---------------------------------------------------------------------------

    def subtree(self, comment: Comment | str) -> "Thread":
        """Return the comment and its descendants as a thread of their own. O(result).

        The comment becomes top-level. If it had a parent, the thread's ``meta`` stores it as
        ``{"subtree": {"id": ..., "parent_id": ...}}``. Stubs in the subtree are included.
        """
        at = self.position(comment)
        root = self.comments[at]
        below = self.comments[at + 1 : at + self._index.sizes[at]]
        meta = self.meta
        if root.parent_id is not None:
            meta = meta | {"subtree": {"id": root.id, "parent_id": root.parent_id}}
        stubs = tuple(
            stub
            for stub in self.stubs
            if stub.parent_id is not None
            and at <= self._index.positions[stub.parent_id] <= at + len(below)
        )
        comments = (attrs.evolve(root, parent_id=None), *below)
        return Thread(self.article, comments, stubs=stubs, source=self.source, meta=meta)

    def sorted(
        self, key: SortKey | Callable[[Comment], object], *, reverse: bool = False
    ) -> "Thread":
        """Return the thread with siblings sorted. O(n log n).

        Args:
            key: A function of a comment, smallest first, or a name: ``"oldest"``, ``"newest"`` (by
                `created_at`), ``"top"`` (highest score first), ``"best"`` (by
                `wilson_lower_bound`), ``"controversial"`` (by `controversy`) or ``"active"``
                (latest known time in the subtree first).
            reverse: Reverse the order. Comments whose key is unknown (None) still come last.

        The sort is stable.
        """
        function, largest_first = _sibling_order.key_function(self, key)
        comments = _sibling_order.put_in_order(
            self.comments, function, largest_first=largest_first != reverse
        )
        return attrs.evolve(self, comments=comments)

    @classmethod
    def repair(
        cls,
        comments: Iterable[Comment],
        *,
        article: Article | None = None,
        stubs: Iterable[Stub] = (),
        source: Source | None = None,
        meta: Mapping[str, object] = EMPTY,
        on_orphan: OnOrphan = "placeholder",
        on_duplicate: OnDuplicate = "rename",
        on_cycle: OnCycle = "cut",
    ) -> "Repaired":
        """Build a thread from comments that may not be a tree, and report every change. O(n).

        Every comment is in the result or is named in a problem. There are at most 1,000 problems of
        each kind, then one more with the ids and values of the rest. The original id or parent of a
        changed comment is stored in its ``meta`` under ``"repaired"``.

        Args:
            comments: The comments, in any order.
            article, stubs, source, meta: As for `Thread`.
            on_orphan: For a missing parent: ``"placeholder"`` adds a comment of status ``missing``
                for each missing parent; ``"promote"`` moves the replies to the top level;
                ``"drop"`` drops the replies and their descendants.
            on_duplicate: For an id that occurs twice with different content: ``"rename"`` gives
                the later comment a new id (``a~2``), and replies stay with the first; ``"drop"``
                drops the later one. Comments with equal content are always merged into one.
            on_cycle: For comments in a loop, or one that answers itself: ``"cut"`` moves the
                earliest of them to the top level; ``"drop"`` drops them and their descendants.

        Each policy can also be ``"raise"``, which raises a `ThreadError` with the problems.

        >>> repaired = Thread.repair([Comment("b", "a"), Comment("c", "c")])
        >>> [(c.id, c.parent_id, c.status.value) for c in repaired.thread]
        [('a', None, 'missing'), ('b', 'a', 'visible'), ('c', None, 'visible')]
        >>> [problem.kind for problem in repaired.problems]
        ['self-parent', 'orphan']
        """
        policies = _tree_repair.Policies(on_orphan, on_duplicate, on_cycle)
        policies.expect_known()
        rows, placed = tuple(_comments(comments)), tuple(stubs)
        thread = cls(article, source=source, meta=check.to_frozen(meta))
        built = _index.build(rows)
        are_stubs = all(type(stub) is Stub for stub in placed)
        if built is not None and are_stubs and cls._has_parents_of(placed, built[1]):
            return Repaired(cls._assemble(thread, *built, stubs=placed))
        repaired, remaining, problems = _tree_repair.repair(rows, placed, policies)
        thread = attrs.evolve(thread, comments=repaired, stubs=remaining)
        return Repaired(thread, tuple(problems))

    # -- as a table or a graph -------------------------------------------------------------------

    def to_pandas(self, **options: bool) -> "pandas.DataFrame":
        """Return the comments as a pandas frame: see `discourse.tables.to_pandas`."""
        frame: pandas.DataFrame = _tables().to_pandas(self, **options)
        return frame

    def to_polars(self, **options: bool) -> "polars.DataFrame":
        """Return the comments as a polars frame: see `discourse.tables.to_polars`."""
        frame: polars.DataFrame = _tables().to_polars(self, **options)
        return frame

    def to_arrow(self, **options: bool) -> "pyarrow.Table":
        """Return the comments as an Arrow table: see `discourse.tables.to_arrow`."""
        table: pyarrow.Table = _tables().to_arrow(self, **options)
        return table

    def to_networkx(
        self, *, of: Literal["replies", "authors"] = "replies", article: bool = False
    ) -> "networkx.DiGraph[str]":
        """Return the replies, or the people, as a graph: see `discourse.tables.to_networkx`."""
        graph: networkx.DiGraph[str] = _tables().to_networkx(self, of=of, article=article)
        return graph

    # -- the whole -------------------------------------------------------------------------------

    @property
    def missing(self) -> int:
        """How many comments are missing, according to the source. O(n).

        The larger of two numbers: what stubs and placeholders name, and what the article's
        `comment_count` claims beyond the comments of the thread. A stub may have no number: see
        `is_complete`.
        """
        absent = {c.id for c in self.comments if c.status is Status.MISSING}
        unnamed = sum(max((stub.count or 0) - len(stub.ids), 0) for stub in self.stubs)
        named = {id for stub in self.stubs for id in stub.ids if self.get(id) is None}
        claimed = self.article.comment_count if self.article is not None else None
        present = len(self.comments) - len(absent)
        return max(len(absent) + len(named) + unnamed, (claimed or 0) - present)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is known to be missing: no stub, placeholder or higher count. O(n)."""
        return not self.stubs and self.missing == 0

    def digest(self) -> str:
        """Return a hash of the content, the same on every machine and Python: 64 hex digits. O(n).

        Two threads have the same digest exactly if they are equal. It is the SHA-256 of the
        canonical JSON form, which the documentation of the JSON form describes.
        """
        return _digest.digest(self)

    @classmethod
    def _assemble(
        cls,
        like: Self,
        comments: tuple[Comment, ...],
        index: _index.Index,
        *,
        stubs: tuple[Stub, ...] | None = None,
    ) -> Self:
        """Return a thread of comments that are in depth-first order already."""
        thread = object.__new__(cls)
        for name in ("article", "stubs", "source", "meta"):
            object.__setattr__(thread, name, getattr(like, name))
        if stubs is not None:
            object.__setattr__(thread, "stubs", stubs)
        object.__setattr__(thread, "comments", comments)
        object.__setattr__(thread, "_index", index)
        return thread


@final
@attrs.frozen(repr=False)
class Repaired(Result):
    """The result of `Thread.repair`: a thread, and a problem for every change."""

    thread: Thread
    """The thread."""
    problems: tuple[Problem, ...] = ()
    """What was wrong and what was changed."""


def _tables() -> Any:  # noqa: ANN401 - a module
    """Return `discourse.tables`, which is imported on demand because it builds on threads."""
    return import_module("..tables", __package__)


# -- pickles: pickling comments as plain rows takes a fraction of the time -----------------------

_NAMES = tuple(field.name for field in attrs.fields(Comment))
_to_row: Callable[[Comment], tuple[Any, ...]] = attrgetter(*_NAMES)


def unpickled(rest: dict[str, Any], rows: list[tuple[Any, ...]]) -> Thread:
    """Unpickle a thread, with every check."""
    comments = (Comment(*row[:4], **dict(zip(_NAMES[4:], row[4:], strict=True))) for row in rows)
    return Thread(comments=comments, **rest)


def _comments(values: Iterable[Comment]) -> Iterator[Comment]:
    for value in values:
        if type(value) is not Comment:
            raise FieldTypeError("Thread", "repair(comments)", value, "must hold only Comment")
        yield value
