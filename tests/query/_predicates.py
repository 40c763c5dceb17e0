"""Predicates drawn at random, each with the plain loop over ids and fields that it should equal."""

import datetime as dt
import functools
import operator

from hypothesis import strategies as st

from discourse import Article, Author, Comment, Source, Status, query
from discourse.strategies import threads, times

START = dt.datetime(2024, 1, 1)
near = times(min_value=START, max_value=START + dt.timedelta(seconds=3))
names = st.sampled_from(["Ada", "Bo", "ada", "Zoë", "7", ""])
people = st.one_of(
    st.builds(Author, st.none() | names),
    st.builds(Author, names, id=st.sampled_from(["7", "u1", "Bo"]), display_name=names),
)
words = st.sampled_from(
    ["Bus?", "the BUS", "@ada why", "u/Bo", "Ada: no", "ß", "SS", "", " ", "a b c"]
)
tags = st.frozensets(st.sampled_from(["pinned", "moderator", "x"]), max_size=2)

comments = st.builds(
    lambda **fields: Comment("-", **fields),
    author=st.none() | people,
    text=st.none() | words,
    created_at=st.none() | near,
    score=st.none() | st.integers(-2, 2) | st.sampled_from([0.5, -1.5]),
    status=st.sampled_from(Status),
    tags=tags,
    reply_count=st.none() | st.integers(0, 2),
)
#: Small threads in which much is unknown and the rest often alike, with placeholders and stubs.
any_threads = threads(
    comments=comments,
    complete=False,
    max_size=8,
    article=st.sampled_from([None, Article("Bridge to close", comment_count=99)]),
    source=st.just(Source("json")),
    meta=st.just({"a": 1}),
)


def ancestors_of(thread, comment):
    parents = {c.id: c.parent_id for c in thread.comments}
    above = []
    here = parents[comment.id]
    while here is not None:
        above.append(here)
        here = parents[here]
    return above


def has_reply(thread, comment):
    return any(other.parent_id == comment.id for other in thread.comments)


def _by(whom):
    def oracle(thread, comment):
        author = comment.author
        if whom is None:
            return author is None or author.key is None
        if author is None:
            return False
        if isinstance(whom, Author):
            return author.key == whom.key
        return whom in (author.name, author.display_name, author.id)

    return query.by(whom), oracle


def _matching(text, ignore_case):
    def oracle(thread, comment):
        if comment.text is None:
            return False
        if ignore_case:
            return text.casefold() in comment.text.casefold()
        return text in comment.text

    return query.matching(text, ignore_case=ignore_case), oracle


def _within(low, value, high):
    return value is not None and not (low is not None and value < low) and not (
        high is not None and value > high
    )  # fmt: skip


def _bounded(name, value_of, *fixed):
    def build(pair):
        low, high = sorted(pair) if None not in pair else pair
        options = dict(zip(["unit"], fixed, strict=False))
        predicate = getattr(query, name)(min=low, max=high, **options)
        return predicate, lambda thread, comment: _within(low, value_of(thread, comment), high)

    return build


def _length(thread, comment):
    return None if comment.text is None else len(comment.text)


def _words(thread, comment):
    return None if comment.text is None else len(comment.text.split())


def _pairs(numbers):
    return st.tuples(st.none() | numbers, st.none() | numbers)


def _unanswered(thread, comment):
    return (
        not has_reply(thread, comment)
        and comment.reply_count in (None, 0)
        and comment.id not in [stub.parent_id for stub in thread.stubs]
    )


def _leaves():
    whom = st.none() | names | people.filter(lambda author: author.key is not None)
    numbers = st.integers(-2, 2) | st.sampled_from([0.5, 1.0])
    return st.one_of(
        whom.map(_by),
        st.tuples(words, st.booleans()).map(lambda pair: _matching(*pair)),
        near.map(
            lambda time: (
                query.since(time),
                lambda t, c: c.created_at is not None and c.created_at >= time,
            )
        ),
        near.map(
            lambda time: (
                query.until(time),
                lambda t, c: c.created_at is not None and c.created_at < time,
            )
        ),
        _pairs(st.integers(0, 4)).map(_bounded("depth", lambda t, c: len(ancestors_of(t, c)))),
        _pairs(numbers).map(_bounded("score", lambda t, c: c.score)),
        _pairs(st.integers(0, 5)).map(_bounded("length", _length)),
        _pairs(st.integers(0, 3)).map(_bounded("length", _words, "words")),
        st.lists(st.sampled_from(Status), min_size=1, max_size=3).map(
            lambda several: (query.status(*several), lambda t, c: c.status in several)
        ),
        st.lists(st.sampled_from(["pinned", "x", "y"]), min_size=1, max_size=2).map(
            lambda several: (query.tagged(*several), lambda t, c: any(s in c.tags for s in several))
        ),
        st.just((query.has_replies(), has_reply)),
        st.just((query.unanswered(), _unanswered)),
    )


def _joined(word, pairs):
    predicate = functools.reduce(
        operator.and_ if word == "all" else operator.or_, [predicate for predicate, _ in pairs]
    )
    test = all if word == "all" else any
    return predicate, lambda thread, comment: test(o(thread, comment) for _, o in pairs)


def _denied(pair):
    predicate, oracle = pair
    return ~predicate, lambda thread, comment: not oracle(thread, comment)


#: Pairs of a predicate and its plain loop.
pairs = st.recursive(
    _leaves(),
    lambda inner: st.one_of(
        st.builds(
            _joined, st.sampled_from(["all", "any"]), st.lists(inner, min_size=2, max_size=3)
        ),
        inner.map(_denied),
    ),
    max_leaves=6,
)
predicates = pairs.map(lambda pair: pair[0])
