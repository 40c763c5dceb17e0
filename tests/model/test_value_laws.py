"""The laws of values: equal by content, hashed alike, copied and pickled alike, never changed."""

import copy
import datetime as dt
import gc
import json
import os
import pickle
import subprocess
import sys

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import discourse
from discourse import Article, Author, Comment, Meta, Source, Status, Stub, Thread, edit
from discourse.strategies import (
    articles,
    authors,
    comments,
    json_documents,
    metas,
    sources,
    stubs,
    threads,
)

VALUES = st.one_of(
    comments(),
    articles(),
    authors(),
    sources(),
    stubs(),
    metas(),
    threads(max_size=6, complete=False),
)
STRATEGIES = {
    Comment: comments(),
    Article: articles(),
    Author: authors(),
    Source: sources(),
    Stub: stubs(),
}
FIELDS = st.one_of(*STRATEGIES.values())
small = threads(max_size=6, complete=False)


def again(value):
    """An equal value made from nothing that the first holds."""
    if isinstance(value, Meta):
        return Meta(json.loads(json.dumps(value.to_dict())))
    if attrs.has(type(value)):
        fields = {f.name: again(getattr(value, f.name)) for f in attrs.fields(type(value))}
        return type(value)(**fields)
    if isinstance(value, tuple):
        return tuple(again(item) for item in value)
    return value


# -- equality --------------------------------------------------------------------------------------


@given(VALUES)
def test_values_are_equal_by_content(value):
    """A value made anew from the same parts is equal, and hashes alike."""
    other = again(value)
    assert other == value
    assert hash(other) == hash(value)
    assert {value: 1}[other] == 1


@given(VALUES, VALUES)
def test_equality_goes_both_ways_and_implies_one_hash(a, b):
    """``==`` is symmetric, ``!=`` is its contrary, and what is equal hashes alike."""
    assert (a == b) is (b == a) is not (a != b)
    assert a != b or hash(a) == hash(b)


@given(FIELDS, st.data())
def test_values_that_differ_in_one_field_differ(value, data):
    """Any field that is evolved to another value makes another value."""
    field = data.draw(st.sampled_from(attrs.fields(type(value))))
    other = data.draw(STRATEGIES[type(value)])
    made = attrs.evolve(value, **{field.name: getattr(other, field.name)})
    same = getattr(value, field.name) == getattr(made, field.name)
    assert (made == value) is same


@given(VALUES)
def test_copies_are_the_value_itself(value):
    """What cannot change need not be copied."""
    assert copy.copy(value) is value
    assert copy.deepcopy(value) is value
    assert copy.deepcopy([value])[0] is value


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
@given(value=VALUES)
def test_pickles_come_back_equal(protocol, value):
    """A pickle of any protocol gives an equal value of the same class."""
    back = pickle.loads(pickle.dumps(value, protocol))
    assert type(back) is type(value)
    assert back == value
    assert hash(back) == hash(value)


@given(FIELDS | small)
def test_evolving_nothing_changes_nothing(value):
    """``attrs.evolve`` without changes gives an equal value."""
    assert attrs.evolve(value) == value


@given(FIELDS)
def test_what_a_repr_shows_makes_the_value_again(value):
    """Where nothing is cut, the repr is an expression that gives an equal value."""
    text = repr(value)
    names = {name: getattr(discourse, name) for name in discourse.__all__} | {"datetime": dt}
    if "..." not in text and " items>" not in text and "<" not in text:
        assert eval(text, names) == value


@given(small)
def test_a_thread_is_shown_in_one_short_line(thread):
    """However large a thread is, its repr is a line that a terminal can show."""
    shown = repr(thread)
    assert len(shown) < 200
    assert shown.isprintable()


# -- digests ---------------------------------------------------------------------------------------


@given(st.data())
def test_digests_do_not_depend_on_how_the_rows_came(data):
    """Rows in any order that leaves siblings as they are make an equal thread, of equal digest."""
    thread = data.draw(small)
    rows = data.draw(st.permutations(thread.comments))
    order = {comment.id: n for n, comment in enumerate(thread)}
    groups = {}
    for comment in rows:
        groups.setdefault(comment.parent_id, []).append(comment)
    for group in groups.values():
        group.sort(key=lambda comment: order[comment.id])
    rows = [groups[comment.parent_id].pop(0) for comment in rows]
    other = attrs.evolve(thread, comments=rows)
    assert other == thread
    assert other.digest() == thread.digest()


@given(small)
# Equal numbers, times and labels may be held in forms that differ.
@example(Thread(None, [Comment("a", score=1, meta={"n": 2, "m": 0})]))
def test_equal_threads_have_equal_digests(thread):
    """Whatever ``==`` does not see, the digest does not see either."""

    def as_float(value):
        whole = type(value) is int and abs(value) <= 2**53
        return float(value) if whole else value

    def told_otherwise(comment):
        meta = {key: as_float(value) for key, value in comment.meta.items()}
        time = comment.created_at
        if time is not None and 1 < time.year < 9999:
            time = time.astimezone(dt.timezone(dt.timedelta(hours=-7)))
        score = as_float(comment.score)
        return attrs.evolve(comment, meta=meta, score=score, created_at=time)

    other = attrs.evolve(thread, comments=[told_otherwise(comment) for comment in thread])
    assert other == thread
    assert hash(other) == hash(thread)
    assert other.digest() == thread.digest()


@given(small, small)
# One character moved from one field to the next, one bracket deeper: no two are alike.
@example(Thread(Article("ab"), meta={"a": "b"}), Thread(Article("a"), meta={"b": "b"}))
@example(Thread(None, meta={"a": [True]}), Thread(None, meta={"a": [1]}))
@example(Thread(None, meta={"a": []}), Thread(None, meta={"a": {}}))
@example(Thread(None, [Comment("a", text="")]), Thread(None, [Comment("a")]))
@example(Thread(Article()), Thread())
@example(Thread(None, [Comment("a", author=Author())]), Thread(None, [Comment("a")]))
@example(Thread(None, [Comment("e\u0301")]), Thread(None, [Comment("\u00e9")]))
def test_digests_differ_just_where_threads_do(a, b):
    """Two threads have one digest if, and only if, they are equal."""
    assert (a.digest() == b.digest()) is (a == b)


@given(st.data())
def test_any_change_of_a_comment_changes_the_digest(data):
    """A field of one comment that changes is a thread that changes."""
    thread = data.draw(threads(min_size=1, max_size=5))
    comment = data.draw(st.sampled_from(thread.comments))
    other = data.draw(comments(id=st.just(comment.id), parent_id=st.just(comment.parent_id)))
    made = edit.replace(thread, other)
    assert (made.digest() == thread.digest()) is (other == comment)


def test_digests_and_documents_are_the_same_in_every_process():
    """Neither the seed of string hashes nor the process has a part in them."""
    documents = []

    @given(json_documents())
    def gather(document):
        documents.append(document)

    gather()
    documents = sorted(set(documents))[:40]
    program = (
        "import json, sys, discourse\n"
        "threads = [discourse.loads(text) for text in json.load(sys.stdin)]\n"
        "print(json.dumps([[t.digest(), discourse.dumps(t)] for t in threads]))\n"
    )
    here = [discourse.loads(text) for text in documents]
    expected = [[thread.digest(), discourse.dumps(thread)] for thread in here]
    for seed in ("0", "1", "4242"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            input=json.dumps(documents),
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
        assert json.loads(done.stdout) == expected


# -- immutability ----------------------------------------------------------------------------------


@given(VALUES, st.data())
def test_no_attribute_can_be_set_or_deleted(value, data):
    """Every attribute refuses, also one that the class does not have."""
    names = [f.name for f in attrs.fields(type(value))] if attrs.has(type(value)) else ["_items"]
    name = data.draw(st.sampled_from([*names, "new"]))
    before = hash(value)
    with pytest.raises(AttributeError):
        setattr(value, name, None)
    with pytest.raises(AttributeError):
        delattr(value, name)
    assert hash(value) == before


@given(small)
def test_nothing_that_a_caller_keeps_can_change_a_thread(thread):
    """Lists, dicts and sets that a thread was made from can change afterwards; it does not."""
    metas_ = [comment.meta.to_dict() for comment in thread]
    tags = [set(comment.tags) for comment in thread]
    rows = [
        attrs.evolve(comment, meta=meta, tags=labels)
        for comment, meta, labels in zip(thread, metas_, tags, strict=True)
    ]
    gaps = list(thread.stubs)
    meta = thread.meta.to_dict()
    made = Thread(thread.article, rows, stubs=gaps, source=thread.source, meta=meta)
    told = made.digest(), hash(made), discourse.dumps(made)
    rows.clear()
    gaps.append("not a stub")
    for kept in [meta, *metas_]:
        deface(kept)
    for labels in tags:
        labels.add("more")
    assert (made.digest(), hash(made), discourse.dumps(made)) == told
    assert made == thread


def deface(value):
    if isinstance(value, dict):
        for inner in value.values():
            deface(inner)
        value["defaced"] = object()
    elif isinstance(value, list):
        for inner in value:
            deface(inner)
        value.append(object())


@given(small, st.data())
def test_no_public_call_changes_a_thread(thread, data):
    """Whatever is asked of a thread or made from it, it stays what it was."""
    told = thread.digest(), hash(thread), discourse.dumps(thread), thread.comments
    for ask in (
        lambda: [list(thread.walk(order)) for order in ("post-order", "chronological")],
        lambda: (thread.levels(), thread.leaves(), list(thread.paths()), thread.missing),
        lambda: thread.sorted("active"),
        lambda: edit.prune(thread, max_depth=0),
        lambda: edit.map(thread, lambda c: attrs.evolve(c, text="x")),
        lambda: edit.add(thread, Comment("\x00new")),
        lambda: edit.merge(thread, thread),
        lambda: edit.apply(thread, edit.diff(thread, Thread())),
        lambda: [edit.remove(thread, c, replies="promote") for c in thread],
        lambda: [edit.move(thread, c, None) for c in thread],
        lambda: Thread.repair(thread.comments, stubs=thread.stubs, on_orphan="drop"),
    ):
        ask()
        assert (thread.digest(), hash(thread), discourse.dumps(thread)) == told[:3]
        assert thread.comments is told[3]


@given(small)
def test_values_hold_no_reference_to_what_they_were_made_of(thread):
    """A thread of a caller's list and dicts refers to none of them."""
    rows, meta = list(thread.comments), thread.meta.to_dict()
    made = Thread(None, rows, meta=meta)
    assert not any(referrer is made for referrer in gc.get_referrers(rows, meta))
    assert made.meta == Meta(meta)


# -- meta ------------------------------------------------------------------------------------------


@given(metas())
def test_meta_is_a_mapping_of_frozen_json(meta):
    """All the way down it has strings, numbers, booleans, None, tuples and `Meta`, and no more."""
    assert dict(meta) == {key: meta[key] for key in meta}
    pending = list(meta.values())
    while pending:
        value = pending.pop()
        assert value is None or type(value) in {bool, int, float, str, tuple, Meta}
        if isinstance(value, tuple | Meta):
            pending += value.values() if isinstance(value, Meta) else value
    hash(meta)


@given(metas())
def test_meta_thaws_to_what_makes_it_again(meta):
    """Its plain dict is fresh each time, and JSON; frozen again it is equal."""
    thawed = meta.to_dict()
    assert Meta(thawed) == meta == Meta(json.loads(json.dumps(thawed)))
    deface(thawed)
    assert meta.to_dict() != thawed


@given(metas(), metas())
def test_meta_joins_as_dicts_do(a, b):
    """Of two joined, the right one wins."""
    assert (a | b).to_dict() == {**a.to_dict(), **b.to_dict()}
    assert a | Meta() == a == Meta() | a


@given(metas(), st.randoms(use_true_random=False))
def test_meta_does_not_know_the_order_of_its_keys(meta, random):
    """Equal content in any order is one value, told in one way."""
    items = list(meta.to_dict().items())
    random.shuffle(items)
    other = Meta(dict(items))
    assert other == meta
    assert hash(other) == hash(meta)
    assert repr(other) == repr(meta)


TRUTHS = {True: 1, False: 0}


@given(
    st.recursive(
        st.booleans(),
        lambda inner: (
            st.lists(inner, min_size=1) | st.dictionaries(st.text(max_size=2), inner, min_size=1)
        ),
    )
)
def test_true_is_not_one_at_any_depth(value):
    """JSON tells true from 1, and so does `Meta`, wherever they stand."""

    def as_number(value):
        if isinstance(value, bool):
            return TRUTHS[value]
        if isinstance(value, list):
            return [as_number(item) for item in value]
        return {key: as_number(item) for key, item in value.items()}

    assert Meta({"k": value}) != Meta({"k": as_number(value)})
    assert Thread(meta={"k": value}).digest() != Thread(meta={"k": as_number(value)}).digest()


@given(authors())
def test_one_person_is_known_by_the_id_or_else_by_the_name(author):
    """An author's key is the id where there is one, whatever else is told."""
    assert author.key == (author.name if author.id is None else author.id)
    assert attrs.evolve(author, bio="x", is_bot=True).key == author.key


@given(comments())
def test_an_unknown_author_is_none_and_never_a_name(comment):
    """Taking a comment away leaves its words behind, but no invented author."""
    thread = Thread(None, [attrs.evolve(comment, parent_id=None), Comment("\x00r", comment.id)])
    stone = edit.remove(thread, comment.id)[comment.id]
    assert (stone.author, stone.text, stone.status) == (None, None, Status.REMOVED)
