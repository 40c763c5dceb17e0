"""The fast lane and the converter are one reader: they take the same, and give the same."""

import gc
import json
import os
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse
from discourse import Comment, DecodeError, Thread, _collector
from discourse.errors import ParseError
from discourse.json import (
    SCHEMA,
    _fast,
    dumps,
    dumps_nested,
    from_dict,
    loads,
    to_dict,
    to_nested,
)
from discourse.json._decode import decode
from discourse.json._documents import _read_fast
from discourse.json._wire import GiveUp
from discourse.strategies import json_documents, threads

any_threads = threads(complete=False, max_size=8)

#: Bits of JSON that stand where others stood; some fit nearly anywhere, some nowhere.
SCRAPS = [
    *("null", "true", "0", "-1", "1.0", "1e2", "1e999", "NaN", "9223372036854775808", "1" * 40),
    *('""', '"a"', '"visible"', '"html"', '"2024-01-01T00:00:00Z"', '"2024-01-01T00:00:00+01:00"'),
    *('"2024-01-01t00:00:00z"', '"2024-01-01T24:00:00Z"', '"2024-01-01 00:00:00Z"'),
    *('"2024-01-01T00:00:00.1Z"', '"2024-01-01T00:00:00.1234567Z"', '"0001-01-01T00:00:00+05:00"'),
    *("[]", "{}", '["a","a"]', '["a"]', "[1]", '{"id":"1"}', '{"id":"1","id":"1"}', '{"name":"A"}'),
    *('{"a":1,"a":2}', r'"\ud800"', r'"\ud83d\ude00"', '"\u2028"', "[[[[]]]]", '{"a":1.50}'),
]


def by_converter(data):
    """What the slow lane alone says."""
    try:
        return from_dict(decode(data))
    except DecodeError:
        return None


def by_fast_lane(data):
    try:
        return _read_fast(data)
    except GiveUp:
        return None


def both_agree(data):
    slow, fast = by_converter(data), by_fast_lane(data)
    if fast is not None:
        assert slow == fast
        assert slow.digest() == fast.digest()
        assert dumps(slow) == dumps(fast)
    try:
        assert loads(data) == slow
    except DecodeError:
        assert slow is None


def mutated(text, at, length, scrap):
    """Replace a stretch that begins at a mark of the JSON, so that much stays well-formed."""
    marks = [n for n, char in enumerate(text) if char in ',:[]{}"']
    start = marks[at % len(marks)] + 1
    return text[:start] + scrap + text[start + length :]


@given(
    json_documents(),
    st.integers(0, 10_000),
    st.integers(0, 12),
    st.sampled_from(SCRAPS) | st.sampled_from([",", "}", '":', '{"', '"x":1,', '"meta":{},']),
)
def test_a_mutated_document_is_judged_alike(text, at, length, scrap):
    changed = mutated(text, at, length, scrap)
    both_agree(changed)
    both_agree(changed.encode())


@pytest.mark.parametrize("scrap", SCRAPS)
@pytest.mark.parametrize("name", [field.name for field in discourse.model.Comment.__attrs_attrs__])
def test_each_scrap_in_each_field_is_judged_alike(name, scrap):
    first = "" if name == "id" else '"id":"x",'
    both_agree(f'{{"schema":"{SCHEMA}","comments":[{{{first}"{name}":{scrap}}}]}}')


@pytest.mark.parametrize("scrap", SCRAPS)
@pytest.mark.parametrize("name", [field.name for field in discourse.model.Author.__attrs_attrs__])
def test_each_scrap_in_each_field_of_an_author_is_judged_alike(name, scrap):
    author = f'{{"name":"A","{name}":{scrap}}}' if name != "name" else f'{{"name":{scrap}}}'
    for second in (author, author.replace(":", ": ")):
        both_agree(
            f'{{"schema":"{SCHEMA}","comments":[{{"id":"1","author":{author}}},'
            f'{{"id":"2","author":{second}}}]}}'
        )


@pytest.mark.parametrize("later", ['{"name":"A"}', '{ "name" : "A" }', '{"name":"\\u0041"}'])
def test_an_author_spelled_in_several_ways_is_one_object(later):
    text = (
        f'{{"schema":"{SCHEMA}","comments":[{{"id":"1","author":{{"name":"A"}}}},'
        f'{{"id":"2","author":{later}}},{{"id":"3","author":null}}]}}'
    )
    both_agree(text)
    first, second, third = by_fast_lane(text)
    assert first.author is second.author
    assert third.author is None


@pytest.mark.parametrize(
    "author",
    [
        '{"name":"A","name":"B"}',
        '{"name":"A","meta":{"a":1,"a":2}}',
        '{"name":"A","meta":[]}',
        '{"name":"A","id":""}',
        '{"name":"A","extra":1}',
        '"A"',
    ],
)
def test_an_author_that_is_none_is_refused_wherever_it_stands(author):
    for rest in ("", f',{{"id":"2","author":{author}}}'):
        text = f'{{"schema":"{SCHEMA}","comments":[{{"id":"1","author":{author}}}{rest}]}}'
        assert by_fast_lane(text) is None
        both_agree(text)
        with pytest.raises(DecodeError):
            loads(text)


@given(any_threads)
def test_the_fast_lane_takes_all_that_it_writes(thread):
    """Or nobody would notice that it gives up."""
    try:
        text = _fast.write(thread, discourse.json._documents.head_of(thread))
    except GiveUp:
        assert any(len(word) > 18 for word in json.dumps(to_dict(thread)).split())
        return
    assert text.decode() == dumps(thread)
    scores = [c.score for c in thread if c.score is not None]
    if all(abs(score) < 2**63 for score in scores) and years_are_usual(thread):
        assert by_fast_lane(text) == thread
        assert by_fast_lane(text + b"\n") == thread


def years_are_usual(thread):
    times = [time for c in thread for time in (c.created_at, c.edited_at) if time is not None]
    return all(1 < time.year < 9999 for time in times)


@given(any_threads)
def test_both_lanes_write_documents_that_say_the_same(thread):
    plain = json.dumps(to_dict(thread), ensure_ascii=False, separators=(",", ":"))
    assert json.loads(plain) == json.loads(dumps(thread))
    assert list(json.loads(plain)) == list(json.loads(dumps(thread)))
    assert json.loads(dumps_nested(thread)) == json.loads(json.dumps(to_nested(thread)))


def test_more_comments_than_one_batch_are_all_written():
    thread = Thread(None, [Comment(str(n)) for n in range(2 * _fast._BATCH + 1)])
    assert loads(dumps(thread)) == thread == by_fast_lane(dumps(thread))


def test_the_collector_runs_as_before():
    for running in (True, False):
        (gc.enable if running else gc.disable)()
        try:
            loads(dumps(Thread(None, [Comment("1")])))
            with pytest.raises(DecodeError):
                loads("{")
            with pytest.raises(ParseError):
                discourse.parse("{", "reddit")
            assert gc.isenabled() is running
        finally:
            gc.enable()


def test_what_a_caller_has_frozen_stays_frozen_and_nothing_else_does():
    text = dumps(Thread(None, [Comment(str(n)) for n in range(_collector.MANY)]))
    assert len(loads(text)) == _collector.MANY
    assert gc.get_freeze_count() == 0
    gc.freeze()
    try:
        before = gc.get_freeze_count()
        loads(text)
        assert gc.get_freeze_count() > before / 2  # some of them may have gone since
    finally:
        gc.unfreeze()


FUZZED = int(os.environ.get("DISCOURSE_FUZZ", "2000"))


def test_no_mutated_document_raises_anything_but_ours():
    """Two thousand here; DISCOURSE_FUZZ says how many otherwise."""
    random.seed(7)
    bob = discourse.Author("Bob", id="b", is_bot=False, meta={"n": 1})
    base = dumps(
        Thread(
            discourse.Article("T", authors=[discourse.Author("A")], score=1.5),
            [
                Comment("1", None, bob, text="é\n", tags=["x"], meta={"a": [1, None]}),
                Comment("2", "1", bob, score=3),
            ],
            stubs=[discourse.Stub("1", "more", ids=["9"], count=1)],
            source=discourse.Source("json"),
            meta={"k": {"l": [2**70]}},
        )
    )
    longest = 0
    for _ in range(FUZZED):
        text = base
        for _ in range(random.randint(1, 3)):
            text = mutated(text, random.randrange(9999), random.randrange(9), random.choice(SCRAPS))
        data = bytearray(text.encode())
        for _ in range(random.choice([0, 0, 1, 3])):
            data[random.randrange(len(data))] = random.randrange(256)
        for given_data in (text, bytes(data), bytes(data[: random.randrange(len(data))])):
            try:
                loads(given_data, on_unknown=random.choice(["error", "keep"]))
            except DecodeError as error:
                longest = max(longest, len(str(error)))
    assert longest < 4_000
