"""Code as users write it, checked by mypy and never run: what each public call gives."""

import datetime as dt
from collections.abc import Iterator
from typing import assert_type

import attrs
import cattrs
from hypothesis.strategies import SearchStrategy

import discourse
from discourse import (
    Article,
    Author,
    Comment,
    DecodeError,
    Meta,
    Place,
    Problem,
    Reading,
    Repaired,
    Source,
    Status,
    Stub,
    StubKind,
    TextFormat,
    Thread,
    ThreadError,
    UnknownCommentError,
    edit,
    json,
    metrics,
    query,
    render,
    strategies,
    tables,
)
from discourse.links import Duplicates, near_duplicates
from discourse.metrics._frozen_map import FrozenMap
from discourse.metrics._summary import Measure
from discourse.model import JsonValue, id_text, parent_id
from discourse.thread import controversy, wilson_lower_bound


def rows_from_elsewhere(rows: list[dict[str, object]]) -> None:
    assert_type(tables.from_rows(rows), Thread)
    assert_type(tables.from_rows(rows, columns={"id": "nr"}, thread="page"), Reading)


def values() -> None:
    comment = Comment("2", "1", Author("Ada", id="17"), "Yes.", score=1.5, tags={"pinned"})
    assert_type(comment.id, str)
    assert_type(comment.parent_id, str | None)
    assert_type(comment.author, Author | None)
    assert_type(comment.text, str | None)
    assert_type(comment.text_format, TextFormat)
    assert_type(comment.created_at, dt.datetime | None)
    assert_type(comment.is_edited, bool | None)
    assert_type(comment.status, Status)
    assert_type(comment.score, int | float | None)
    assert_type(comment.upvotes, int | None)
    assert_type(comment.tags, frozenset[str])
    assert_type(comment.meta, Meta)
    Comment("1", status="deleted", text_format="html", meta={"a": [1]}, tags=["a", "b"])
    article = Article("Bridge to close", authors=[Author("Bo")], captions=["a"], comment_count=2)
    assert_type(article.authors, tuple[Author, ...])
    assert_type(article.captions, tuple[str, ...])
    assert_type(Author("Ada").key, str | None)
    stub = Stub("1", "more", ids=["2"], count=1)
    assert_type(stub.kind, StubKind)
    assert_type(stub.ids, tuple[str, ...])
    assert_type(
        Source("json", retrieved_at=dt.datetime.now(dt.UTC)).retrieved_at, dt.datetime | None
    )
    meta = Meta({"a": [1]})
    assert_type(meta["a"], JsonValue)
    assert_type(meta | {"b": 2}, Meta)
    assert_type(meta.to_dict(), dict[str, object])
    assert_type(id_text(7), str | None)
    assert_type(parent_id(7, id="1"), str | None)
    assert_type(parent_id(0, id="1", known={"0": 1}), str | None)


def changes(comment: Comment, thread: Thread) -> None:
    assert_type(attrs.evolve(comment, text="No."), Comment)
    assert_type(attrs.evolve(thread, comments=[comment]), Thread)
    attrs.evolve(comment, txet="No.")  # type: ignore[call-arg]
    attrs.evolve(thread, commentz=())  # type: ignore[call-arg]
    comment.text = "No."  # type: ignore[misc]
    Comment(7)  # type: ignore[arg-type]
    Comment("1", txet="No.")  # type: ignore[call-arg]
    Comment("1", None, None, "x", "html")  # type: ignore[call-arg]
    Thread(None, "abc")  # type: ignore[arg-type]


def look_ups(thread: Thread, comment: Comment) -> None:
    assert_type(Thread(), Thread)
    assert_type(Thread(None, (Comment(str(n)) for n in range(3)), stubs=[Stub()]), Thread)
    assert_type(thread.article, Article | None)
    assert_type(thread.comments, tuple[Comment, ...])
    assert_type(thread.stubs, tuple[Stub, ...])
    assert_type(thread.source, Source | None)
    assert_type(thread.meta, Meta)
    assert_type(len(thread), int)
    assert_type(iter(thread), Iterator[Comment])
    assert_type("1" in thread, bool)
    assert_type(thread["1"], Comment)
    assert_type(thread[comment], Comment)
    assert_type(thread.get("1"), Comment | None)
    assert_type(thread.position("1"), int)
    assert_type(thread.parent(comment), Comment | None)
    assert_type(thread.replies(), tuple[Comment, ...])
    assert_type(thread.replies("1"), tuple[Comment, ...])
    assert_type(thread.siblings("1"), tuple[Comment, ...])
    assert_type(thread.ancestors("1"), tuple[Comment, ...])
    assert_type(thread.descendants("1"), tuple[Comment, ...])
    assert_type(thread.depth("1"), int)
    assert_type(thread.size("1"), int)
    assert_type(thread.leaves(), tuple[Comment, ...])
    assert_type(thread.levels(), tuple[tuple[Comment, ...], ...])
    assert_type(thread.paths(), Iterator[tuple[Comment, ...]])
    assert_type(thread.is_ancestor("1", comment), bool)
    assert_type(thread.lowest_common_ancestor("1", "2"), Comment | None)
    assert_type(thread.path("1", "2"), tuple[Comment, ...])
    assert_type(thread.walk("post-order", start="1", max_depth=2), Iterator[Comment])
    thread.walk("pre-order")  # type: ignore[arg-type]
    assert_type(thread.subtree("1"), Thread)
    assert_type(thread.sorted("best"), Thread)
    assert_type(thread.sorted(lambda comment: comment.score, reverse=True), Thread)
    thread.sorted("hot")  # type: ignore[arg-type]
    assert_type(thread.missing, int)
    assert_type(thread.is_complete, bool)
    assert_type(thread.digest(), str)
    assert_type(wilson_lower_bound(1, 2), float)
    assert_type(controversy(1, 2), float)


def repairs(rows: list[Comment]) -> None:
    repaired = Thread.repair(rows, on_orphan="promote", on_duplicate="rename", on_cycle="cut")
    assert_type(repaired, Repaired)
    assert_type(repaired.thread, Thread)
    assert_type(repaired.problems, tuple[Problem, ...])
    Thread.repair(rows, on_orphan="keep")  # type: ignore[arg-type]
    try:
        Thread(None, rows)
    except ThreadError as error:
        assert_type(error.problems, tuple[Problem, ...])
        assert_type(error.problems[0].place, Place | None)


def edits(thread: Thread, other: Thread) -> None:
    assert_type(edit.add(thread, Comment("2"), before="1"), Thread)
    assert_type(edit.add(thread, [Comment("2")]), Thread)
    assert_type(edit.replace(thread, "1", text="x"), Thread)
    assert_type(edit.remove(thread, "1", replies="promote", status=Status.DELETED), Thread)
    edit.remove(thread, "1", replies="all")  # type: ignore[arg-type]
    assert_type(edit.move(thread, "1", None, before="2"), Thread)
    assert_type(edit.graft(thread, other, under="1"), Thread)
    assert_type(edit.prune(thread, max_depth=1, keep=lambda comment: bool(comment.text)), Thread)
    assert_type(edit.map(thread, lambda comment: comment), Thread)
    merged = edit.merge(thread, other)
    assert_type(merged, edit.Merged)
    assert_type(merged.thread, Thread)
    difference = edit.diff(thread, other)
    assert_type(difference, edit.Diff)
    assert_type(difference.added, tuple[Comment, ...])
    assert_type(difference.edited, tuple[edit.Change, ...])
    assert_type(edit.apply(thread, difference), Thread)


def forms(thread: Thread) -> None:
    assert_type(discourse.dumps(thread, indent=2), str)
    assert_type(discourse.loads("{}"), Thread)
    assert_type(discourse.loads(b"{}"), Thread)
    assert_type(discourse.load("thread.json"), Thread)
    discourse.dump(thread, "thread.json")
    assert_type(json.to_dict(thread), dict[str, object])
    assert_type(json.from_dict({}), Thread)
    assert_type(json.make_converter(), cattrs.Converter)
    assert_type(discourse.parse("text", "pagetext"), Reading)
    reading = discourse.read("page.txt")
    assert_type(reading.thread, Thread)
    assert_type(reading.threads, tuple[Thread, ...])
    assert_type(reading.problems, tuple[Problem, ...])
    assert_type(reading.inferred, frozenset[str])
    discourse.write([thread], "page.json", "json")
    assert_type(render.text(thread, width=80, max_depth=3, max_lines=2), str)
    assert_type(render.clean("x"), str)
    try:
        thread["x"]
    except UnknownCommentError as error:
        assert_type(error.hint, str)
    except DecodeError as error:
        assert_type(error.place, Place | None)


def several(thread: Thread, threads: list[Thread], named: dict[str, Thread]) -> None:
    late = query.since(dt.date(2024, 5, 1), zone="Europe/Vienna")
    assert_type(query.select(thread, late), tuple[Comment, ...])
    assert_type(query.select(threads, late), tuple[query.Match, ...])
    assert_type(query.filter(thread, late), Thread)
    assert_type(query.filter(named, late), tuple[Thread, ...])
    assert_type(query.count(threads, late), int)
    assert_type(metrics.summary(thread), metrics.Summary)
    assert_type(metrics.summary(iter(threads))[0]["thread"], Measure | str)
    assert_type(metrics.participation(named).top(5), list[tuple[str, int]])
    assert_type(metrics.response_times(thread).times, FrozenMap[str, dt.timedelta])
    assert_type(metrics.response_times(named), metrics.ResponseTimes[tuple[str, str]])
    assert_type(metrics.response_times(threads), metrics.ResponseTimes[tuple[int, str]])
    assert_type(near_duplicates(thread), tuple[Duplicates[str], ...])
    assert_type(near_duplicates(named), tuple[Duplicates[tuple[str, str]], ...])
    assert_type(near_duplicates(threads), tuple[Duplicates[tuple[int, str]], ...])
    thread.to_pandas(plain=True)
    thread.to_networkx(of="authors")


def draws(some: SearchStrategy[Comment]) -> None:
    assert_type(
        strategies.comments(text=some.map(lambda comment: comment.id)), SearchStrategy[Comment]
    )
    assert_type(strategies.threads(comments=some, max_depth=2), SearchStrategy[Thread])
    assert_type(strategies.rows(), SearchStrategy[list[Comment]])
    assert_type(strategies.deep_threads(max_size=9, shapes=("chain",)), SearchStrategy[Thread])
    assert_type(strategies.json_documents(), SearchStrategy[str])
    assert_type(strategies.metas(), SearchStrategy[Meta])
    assert_type(strategies.times(), SearchStrategy[dt.datetime])
