"""What readers of JSON are built from: values out of text, nodes that know what was read, and a
builder that accounts for every item."""

import datetime as dt
import io
import json

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse import Article, Comment, LimitError, ParseError, Problem, Status, Stub, Thread
from discourse._problems import MOST_PROBLEMS, ProblemLog
from discourse.formats._kit import (
    Builder,
    Conversations,
    Node,
    _builder,
    _deep,
    _documents,
    _lines,
    answering_article,
    documents,
    lines,
    map_strings,
    with_claimed,
    without_keys,
    without_resolved,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=20,
)  # fmt: skip


def values(text):
    log = ProblemLog()
    found = [value for _, value in documents(text, log)]
    return found, [problem.kind for problem in log.finish()]


# -- documents -------------------------------------------------------------------------------------


@given(JSON.filter(lambda value: isinstance(value, dict | list)))
def test_both_decoders_give_what_python_gives(value):
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1)):
        assert values(text) == ([value], [])
        assert _deep.decode_deep(text, 0, dict) == (value, len(text))


@given(st.text(alphabet='{}[]":,1a \\\ntrue', max_size=40))
@example('{"a": 1,}')
@example("[1 2]")
@example('{"a" 1}')
@example("[tru]")
@example('{"a": NaN}')
def test_both_decoders_refuse_the_same(text):
    if not text.startswith(("{", "[")):
        return
    try:
        expected = json.JSONDecoder(parse_constant=int).raw_decode(text)
    except ValueError:
        with pytest.raises(ParseError) as caught:
            _deep.decode_deep(text, 0, dict)
        assert caught.value.place.offset is not None
    else:
        assert _deep.decode_deep(text, 0, dict) == expected


@pytest.mark.parametrize("depth", [500, 1_000, 5_000, 200_000])
def test_depth_is_no_reason_to_refuse_a_file(depth):
    """A file of 480 to 1,000 levels was refused whole, without a place."""
    (value,), kinds = values('{"replies":[' * depth + "1" + "]}" * depth)
    assert not kinds
    levels = 0
    while isinstance(value, dict):
        value = value["replies"][0]
        levels += 1
    assert (levels, value) == (depth, 1)


def test_depth_has_a_bound_with_a_place(monkeypatch):
    monkeypatch.setattr(_deep, "MAX_NESTING", 5_000)
    with pytest.raises(LimitError, match="5,000 levels") as caught:
        values("[" * 6_000)
    assert caught.value.place.offset == 5_000


def test_a_key_that_is_given_twice_is_reported_with_the_value_that_is_lost():
    found, kinds = values('{"posts": [1], "posts": [2], "a": {"b": 1, "b": 2, "b": 3}}')
    assert (found, kinds) == ([{"posts": [2], "a": {"b": 3}}], ["repeated-key"] * 3)
    log = ProblemLog()
    documents('{"posts": [1], "posts": [2]}', log)
    assert log.problems[0].values == ((1,),)


@pytest.mark.parametrize(
    ("text", "expected", "kinds"),
    [
        ('{"a": 1}\n{"a": 2}\n', [{"a": 1}, {"a": 2}], []),
        ("[1][2]\n\n[3]", [[1], [2], [3]], []),
        ('{"a": 1}\nnull\n{"a": 2}', [{"a": 1}, None, {"a": 2}], []),
        ('{"a": 1}\n{"a": 2\n{"a": 3}\n', [{"a": 1}, {"a": 3}], ["broken-line"]),
        ('{"a" 1}\n{"a": 2}\n', [{"a": 2}], ["broken-line"]),
        ('{"a": 1}\n{"a": 2', [{"a": 1}], ["truncated"]),
        ("[1] <!-- cached -->", [[1]], ["junk-after"]),
        ("HTTP/2 200 \nx: y\n\n[1]", [[1]], []),
        ('["\\ud800", "\\ud83d\\ude00", "\\\\ud800"]', [["\ufffd", "\U0001f600", "\\ud800"]], ["encoding"]),
    ],
)  # fmt: skip
def test_what_stands_around_and_between_values(text, expected, kinds):
    assert values(text) == (expected, kinds)


@pytest.mark.parametrize("text", ["", "x", "[1] 2", "{", "[1,]", '{"a": Infinity}', "1" * 5_000])
def test_what_is_not_json_is_refused(text):
    with pytest.raises(ParseError):
        values(text)


# -- nodes -----------------------------------------------------------------------------------------


def test_what_is_not_read_is_the_rest():
    node = Node(
        {"id": 7, "user": {"name": "Ada", "karma": 3}, "flags": {"a": 1}, "b": 2}, ProblemLog()
    )
    assert node.id("id") == "7"
    assert node.inner("user").text("name") == "Ada"
    node.inner("flags", rest=False)
    assert node.rest() == {"user": {"karma": 3}, "b": 2}
    node.keep("id")
    node.drop("b")
    assert node.rest(c=1) == {"id": 7, "user": {"karma": 3}, "c": 1}


def test_the_rest_may_leave_out_what_is_empty():
    node = Node({"a": None, "b": "", "c": [], "d": {}, "e": 0, "f": False, "g": "x"}, ProblemLog())
    assert node.rest(empty=False) == {"e": 0, "f": False, "g": "x"}


@pytest.mark.parametrize(
    ("getter", "good", "expected", "bad"),
    [
        ("text", "", "", 1),
        ("label", "", None, ["x"]),
        ("id", 2**70, str(2**70), True),
        ("whole", 3.0, 3, "3"),
        ("count", 0, 0, -1),
        ("number", 1.5, 1.5, "1.5"),
        ("flag", False, False, 0),
        ("strings", ["a", ""], ["a"], ["a", 1]),
        ("clock", "2024-01-01 10:00:00", dt.datetime(2024, 1, 1, 10), "soon"),
        ("utc", "2024-01-01T10:00:00", dt.datetime(2024, 1, 1, 10, tzinfo=dt.UTC), "9999-99-99"),
        ("epoch", "1435003525", dt.datetime(2015, 6, 22, 20, 5, 25, tzinfo=dt.UTC), True),
        ("epoch", 0.0, dt.datetime(1970, 1, 1, tzinfo=dt.UTC), 1e300),
        ("epoch", 0, dt.datetime(1970, 1, 1, tzinfo=dt.UTC), float("inf")),
        ("nodes", [], [], {"a": 1}),
    ],
)  # fmt: skip
def test_a_getter_gives_its_type_or_a_problem_with_a_place(getter, good, expected, bad):
    log = ProblemLog()
    node = Node({"good": good, "bad": bad, "null": None}, log, "$[3]")
    assert getattr(node, getter)("good") == expected
    assert not getattr(node, getter)("null") and not getattr(node, getter)("absent")
    assert not log.problems
    assert not getattr(node, getter)("bad")
    (problem,) = log.problems
    assert (problem.kind, problem.place.path) == ("bad-value", "$[3].bad")
    assert problem.values == Problem("", "", values=(bad,)).values
    assert node.rest() == {}, "all were read"


def test_an_id_may_need_a_prefix():
    node = Node({"parent": "t1_ab", "bare": "t1_"}, ProblemLog())
    assert (node.id("parent", "t1_"), node.id("parent", "t3_"), node.id("bare", "t1_")) == (
        "ab",
        None,
        None,
    )


def test_a_path_of_many_steps_is_short():
    node = Node({}, ProblemLog())
    for _ in range(10_000):
        node = Node({}, node.log, ".replies[0]", node)
    assert len(node.path) < 1_000 and "9921 more" in node.path.replace(",", "")


def test_strings_are_changed_without_recursion():
    value = []
    for _ in range(50_000):
        value = [value, "a"]
    assert map_strings(str.upper, value)[1] == "A" and value[1] == "a"


# -- the builder -----------------------------------------------------------------------------------


def items(builder, *rows):
    return builder.items(builder.nodes(list(rows)))


def test_every_item_is_a_comment_or_is_named():
    builder = Builder("bar")
    for node in items(builder, {"id": 1}, {"id": 2, "re": 1}, {"text": "no id"}):
        id = node.id("id")
        if id is None:
            builder.skip(node, "no-id", "a post without an id")
        else:
            builder.comment(node, Comment(id, node.id("re")), "60")
    reading = builder.reading()
    assert [(c.id, c.parent_id) for c in reading.thread] == [("1", None), ("2", "1")]
    assert reading.thread.article.id == "60" and reading.thread.source.format == "bar"
    (problem,) = reading.problems
    assert (problem.kind, problem.values, problem.place.path) == (
        "no-id",
        ({"text": "no id"},),
        "$[2]",
    )


def test_an_item_that_a_reader_forgets_fails_in_tests_and_is_reported_elsewhere(monkeypatch):
    builder = Builder("bar")
    items(builder, {"id": 1})
    with pytest.raises(AssertionError, match="1 items unaccounted for"):
        builder.reading()
    monkeypatch.setattr(_builder, "STRICT", False)
    (problem,) = builder.reading().problems
    assert (problem.kind, problem.values) == ("unaccounted", ({"id": 1},))


def test_comments_are_repaired_and_grouped_by_article():
    builder = Builder("bar")
    for node in items(builder, {"on": "a", "re": "x"}, {"on": "b"}, {"on": "a"}):
        position = node.step
        builder.comment(node, Comment(position, node.id("re")), node.id("on"))
    reading = builder.reading()
    assert [thread.article.id for thread in reading.threads] == ["a", "b"]
    assert [c.status for c in reading.threads[0]].count(Status.MISSING) == 1
    assert [problem.kind for problem in reading.problems] == ["orphan"]


def test_a_second_article_is_reported_unless_it_is_the_same():
    builder = Builder("bar")
    for title in ("A", "A", "B"):
        builder.article(None, Article(title, id="1"), "1")
    (problem,) = builder.reading().problems
    assert problem.kind == "duplicate-article" and problem.values[0].title == "B"


def test_problems_of_one_kind_are_bounded_and_their_ids_are_not_lost():
    log = ProblemLog()
    for n in range(MOST_PROBLEMS + 5):
        log.add("odd", "it is odd", ids=(str(n),), values=(n,))
    problems = log.finish()
    assert len(problems) == MOST_PROBLEMS + 1 and problems[-1].kind == "odd"
    count = MOST_PROBLEMS + 5
    assert {id for problem in problems for id in problem.ids} == set(map(str, range(count)))
    assert {value for problem in problems for value in problem.values} == set(range(count))


@pytest.mark.parametrize("line", ["[", "{", '{"a": [', '"', "nul"])
def test_broken_lines_take_linear_work(line, monkeypatch):
    decoded = []
    decode = _documents.Decoder.decode

    def counting(self, text, start):
        decoded.append(len(text) - start)
        return decode(self, text, start)

    monkeypatch.setattr(_documents.Decoder, "decode", counting)
    text = '{"a": 1}\n' + (line + "\n") * 5_000
    if line[0] in "{[n":
        found, kinds = values(text)
        assert found == [{"a": 1}] and set(kinds) <= {"broken-line", "truncated"}
    else:
        with pytest.raises(ParseError):
            values(text)
    assert sum(decoded) < 4 * len(text)


# -- lines -----------------------------------------------------------------------------------------


def test_lines_are_values_with_their_numbers():
    log = ProblemLog()
    data = b'\xef\xbb\xbf{"a": 1}\r\n\n  \n[2]\nnull\n{"b": "\xe9\\ud800"} \n{oops\n{} {}\n{"c": '
    assert list(lines(io.BytesIO(data[13:]), log, head=data[:13])) == [
        ("$[0]", 1, {"a": 1}),
        ("$[1]", 4, [2]),
        ("$[2]", 5, None),
        ("$[3]", 6, {"b": "é\N{REPLACEMENT CHARACTER}"}),
    ]
    told = [(p.kind, p.place and p.place.line) for p in log.problems]
    assert told[-3:] == [("broken-line", 7), ("broken-line", 8), ("truncated", 9)]
    assert {kind for kind, _ in told[:-3]} == {"encoding"}


def test_a_line_that_is_too_long_is_passed_over(monkeypatch):
    monkeypatch.setattr(_lines, "MAX_LINE", 20)
    log = ProblemLog()
    data = b'{"a": 1}\n{"b": "%s"}\n{"c": 3}\n' % (b"x" * 50)
    assert [(n, v) for _, n, v in lines(io.BytesIO(data), log)] == [(1, {"a": 1}), (3, {"c": 3})]
    assert [(p.kind, p.place.line) for p in log.problems] == [("too-long", 2)]


# -- stubs -----------------------------------------------------------------------------------------


def test_stubs_are_resolved_by_the_comments_that_they_name():
    comments = [Comment("1"), Comment("2", "1"), Comment("3"), Comment("4", status=Status.MISSING)]
    left = [
        Stub("3", "continue"),
        Stub(None, "cursor", cursor="x"),
        Stub("1", ids=("9", "4"), count=7),
    ]
    stubs = [
        Stub("1", "continue"),
        Stub(ids=("1", "3")),
        Stub("1", ids=("9", "2", "4"), count=8),
        *left[:2],
    ]
    thread = without_resolved(Thread(None, comments, stubs=stubs))
    assert thread.stubs == (left[2], *left[:2])
    assert without_resolved(thread) is thread


def test_a_number_of_milliseconds_is_a_time_too():
    log = ProblemLog()
    node = Node({"s": 1709287200, "ms": 1709287200000, "far": 10**17}, log)
    assert node.epoch("s") == node.epoch("ms") == dt.datetime(2024, 3, 1, 10, tzinfo=dt.UTC)
    assert node.epoch("far") is None and log.problems[0].kind == "bad-value"


def test_stubs_say_what_a_thread_claims_and_has_not():
    comments = [
        Comment("1", reply_count=3),
        Comment("2", "1", reply_count=0),
        Comment("3", "x"),  # so that there is a placeholder
        Comment("x", status=Status.MISSING),
        Comment("4", reply_count=1),
    ]
    stubs = [Stub("4", "cursor", cursor="c"), Stub("2", count=9), Stub(None, "cursor", cursor="n")]
    thread = Thread(Article(comment_count=9), comments, stubs=stubs)
    claimed = with_claimed(thread)
    assert set(claimed.stubs) == {
        Stub("4", "cursor", cursor="c", count=1),
        Stub(None, "cursor", cursor="n"),
        Stub("1", count=2),
    }
    assert with_claimed(claimed) is claimed
    whole = attrs.evolve(thread, article=Article(comment_count=4))
    assert None not in {stub.parent_id for stub in with_claimed(whole).stubs}


# -- conversations ---------------------------------------------------------------------------------


@given(st.dictionaries(st.integers(0, 9).map(str), st.none() | st.integers(0, 12).map(str)))
def test_replies_that_lead_to_one_post_are_one_conversation(parents):
    builder = Builder("bar")
    conversations = Conversations(parents)
    for id, parent in parents.items():
        chain = [id]
        while (above := parents.get(chain[-1])) is not None and above not in chain:
            chain.append(above)
        if parent is None:
            continue
        key, parent_id = conversations.thread_of_reply(builder, parent)
        is_known = above is None and chain[-1] in parents
        assert builder.thread(key).is_rootless is not is_known
        assert parent_id == (None if is_known and parent == chain[-1] else parent)
        assert key in chain if above is not None else key == chain[-1]


def test_a_conversation_of_a_million_posts_in_a_row():
    count = 1_000_000
    conversations = Conversations({str(n): str(n - 1) if n else None for n in range(count)})
    assert conversations.thread_of_reply(Builder("bar"), str(count - 1)) == ("0", str(count - 1))


def test_a_placeholder_for_the_article_goes():
    comments = [Comment("1", status="missing"), Comment("2", "1"), Comment("3", "2")]
    thread = Thread(Article(id="1"), comments, stubs=[Stub("1", count=2), Stub("2", count=1)])
    answering = answering_article(thread)
    assert [(c.id, c.parent_id) for c in answering] == [("2", None), ("3", "2")]
    assert [stub.parent_id for stub in answering.stubs] == [None, "2"]
    for other in (Thread(None, comments), Thread(Article(id="4"), comments)):
        assert answering_article(other) is other
    real = Thread(Article(id="1"), [Comment("1"), Comment("2", "1")])
    assert answering_article(real) is real, "a comment with the id of the article"


@given(JSON)
def test_keys_are_left_out_at_every_level(value):
    before = json.dumps(value)
    without = without_keys(frozenset({"a", ""}), value)
    assert '"a":' not in json.dumps(without) and json.dumps(value) == before
    assert without_keys(frozenset(), value) == value


def test_an_empty_array_of_php_is_an_empty_object():
    log = ProblemLog()
    node = Node({"empty": [], "null": None, "full": [1]}, log)
    assert [node.inner(key).data for key in ("empty", "null", "gone", "full")] == [{}] * 4
    assert [problem.kind for problem in log.finish()] == ["bad-value"]
