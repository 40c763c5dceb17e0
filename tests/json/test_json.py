"""The wire form case by case: what it looks like, what is refused, and how that is told."""

import io
import json
from pathlib import Path

import pytest

import discourse
from discourse import Article, Author, Comment, DecodeError, Source, Stub, Thread
from discourse.json import SCHEMA, dumps, from_dict, loads, to_dict

HEAD = f'"schema":"{SCHEMA}"'

THREAD = Thread(
    Article("Bridge to close", authors=[Author("Bo", id="17")], tags={"city", "bridges"}),
    [
        Comment("1", author=Author("Ada"), text="At last.", score=3),
        Comment("2", "1", text="", text_format="html", status="deleted", meta={"b": [1], "a": 1.0}),
    ],
    stubs=[Stub("2", "continue", ids=["3"], count=4)],
    source=Source("json", platform="invented"),
    meta={"flair": None},
)


def refusal(data):
    with pytest.raises(DecodeError) as caught:
        discourse.loads(data)
    return caught.value


def document(part):
    return "{" + HEAD + "," + part + "}"


def refused(part):
    return str(refusal(document(part)))


# -- what it looks like ----------------------------------------------------------------------------


def test_a_thread_is_one_flat_object():
    assert discourse.dumps(THREAD) == (
        '{"schema":"discourse/thread/1",'
        '"article":{"title":"Bridge to close","authors":[{"name":"Bo","id":"17"}],'
        '"tags":["bridges","city"]},'
        '"comments":[{"id":"1","author":{"name":"Ada"},"text":"At last.","score":3},'
        '{"id":"2","parent_id":"1","text":"","text_format":"html","status":"deleted",'
        '"meta":{"a":1.0,"b":[1]}}],'
        '"stubs":[{"parent_id":"2","kind":"continue","ids":["3"],"count":4}],'
        '"source":{"format":"json","platform":"invented"},'
        '"meta":{"flair":null}}'
    )


def test_an_empty_thread_is_an_object_with_its_schema():
    assert discourse.dumps(Thread()) == "{" + HEAD + "}"
    assert discourse.loads("{" + HEAD + "}") == Thread()
    assert discourse.loads(" {" + HEAD + ',"comments":[],"article":null}\n') == Thread()


def test_nothing_but_quotes_and_controls_is_escaped():
    thread = Thread(None, [Comment("\u00e9", text='"\\\n\x00\u2028\U0001f44d/<')])
    assert discourse.dumps(thread).endswith(
        '[{"id":"\u00e9","text":"\\"\\\\\\n\\u0000\u2028\U0001f44d/<"}]}'
    )


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("2024-05-31T12:34:56Z", "2024-05-31T12:34:56Z"),
        ("2024-05-31T12:34:56+00:00", "2024-05-31T12:34:56Z"),
        ("2024-05-31T12:34:56-00:00", "2024-05-31T12:34:56Z"),
        ("2024-05-31T12:34:56.5Z", "2024-05-31T12:34:56.500000Z"),
        ("2024-05-31T12:34:56.000001+05:30", "2024-05-31T12:34:56.000001+05:30"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
    ],
)
def test_times_are_written_in_one_way(told, written):
    thread = discourse.loads(document(f'"comments":[{{"id":"a","created_at":"{told}"}}]'))
    assert f'"created_at":"{written}"' in discourse.dumps(thread)


def test_numbers_come_back_exactly():
    numbers = {"a": 2**200, "b": -(2**63) - 1, "c": 5e-324, "d": 1.7976931348623157e308, "e": 0.1}
    thread = Thread(None, [Comment("x", score=2**63 - 1), Comment("y", score=1.0)], meta=numbers)
    back = discourse.loads(discourse.dumps(thread))
    assert back.meta.to_dict() == numbers
    assert (back["x"].score, repr(back["y"].score)) == (2**63 - 1, "1.0")


# -- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ('"comments":[{"id":1}]', "$.comments[0].id: must be a string, not 1"),
        ('"comments":[{"id":"a"},{"id":null}]', "$.comments[1].id: must be a string, not null"),
        ('"comments":{}', "$.comments: must be an array, not an object"),
        ('"comments":"ab"', "$.comments: must be an array, not 'ab'"),
        ('"comments":[[]]', "$.comments[0]: must be an object, not an array"),
        ('"comments":[{"id":"a","score":"3"}]', "$.comments[0].score: must be a number, not '3'"),
        ('"comments":[{"id":"a","score":true}]', "$.comments[0].score: must be a number, not true"),
        ('"comments":[{"id":"a","upvotes":1.5}]', "$.comments[0].upvotes: must be an integer"),
        ('"comments":[{"id":"a","is_edited":0}]', "$.comments[0].is_edited: must be true or false"),
        (
            '"comments":[{"id":"a","tags":["x","x"]}]',
            "$.comments[0].tags: must not contain duplicates",
        ),
        ('"comments":[{"id":"a","status":"gone"}]', "$.comments[0].status: must be one of visible"),
        ('"comments":[{"id":"a","meta":[]}]', "$.comments[0].meta: must be an object"),
        ('"comments":[{"id":"a","author":"Ada"}]', "$.comments[0].author: must be an object"),
        ('"comments":[{"id":"a","author":{"id":1}}]', "$.comments[0].author.id: must be a string"),
        ('"article":{"authors":[{"name":1}]}', "$.article.authors[0].name: must be a string"),
        ('"stubs":[{"kind":"less"}]', "$.stubs[0].kind: must be one of more"),
        ('"source":{"retrieved_at":"now"}', "$.source.retrieved_at: must be an RFC 3339 time"),
    ],
)
def test_a_refusal_begins_with_the_path(part, told):
    assert refused(part).startswith(told)


@pytest.mark.parametrize(
    "time",
    [
        *("2024-05-31T12:34:56", "2024-05-31 12:34:56Z", "2024-05-31", "20240531T123456Z"),
        *("2024-W22-5T12:34:56Z", "2024-05-31T12:34Z", "2024-05-31T12:34:56.1234567Z"),
        *("2024-05-31T12:34:60Z", "2024-02-30T00:00:00Z", "2024-05-31T12:34:56+05", "", "now"),
        *("2024-05-31T12:34:56+05:30:15", "0001-01-01T00:00:00+01:00", "10000-01-01T00:00:00Z"),
        *("2024-05-31T12:34:56z", "2024-05-31T24:00:00Z", "\u0662024-05-31T12:34:56Z"),
        *("2024-05-31T12:34:56+24:00", "2024-05-31T12:34:56Z\n", " 2024-05-31T12:34:56Z"),
    ],
)
def test_a_time_is_of_rfc_3339_with_its_zone(time):
    told = refused(f'"comments":[{{"id":"a","created_at":{json.dumps(time)}}}]')
    assert told.startswith("$.comments[0]")
    assert "created_at" in told


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ('"discourse/thread/2"', "'discourse/thread/2'"),
        ('"something/else"', "must be 'discourse/thread/1', not 'something/else'"),
        ("1", "must be 'discourse/thread/1', not 1"),
        ("null", "must be 'discourse/thread/1', not null"),
    ],
)
def test_a_document_of_another_schema_is_refused_by_name(schema, told):
    error = refusal('{"schema":' + schema + "}")
    assert "$.schema" in str(error)
    assert told in str(error)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[]", "must be an object"),
        ("null", "must be an object"),
        ("{} {}", "not JSON"),
        ("NaN", "not a JSON number"),
        ('{"a":Infinity}', "not a JSON number"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
        ("\ufeff{}", "byte order mark"),
        ("{}".encode("utf-16"), "looks like UTF-16"),
        ("{}".encode("utf-32"), "looks like UTF-32"),
        (b'"\xff"', "not UTF-8"),
        ('{"a":1,"a":2}', "duplicate key 'a'"),
        ('{"text":1,"te\\u0078t":2}', "duplicate key 'text'"),
        ("[" * 100_000, "levels deep"),
        ("1" * 10_000, "10,000 digits"),
    ],
)
def test_what_is_no_document_is_told_in_a_sentence(data, told):
    assert told in str(refusal(data))


@pytest.mark.parametrize(
    ("key", "step"),
    [("k" * 40, "k" * 40), ("k" * 41, "k" * 40 + "..."), ("k'" * 30, "k'" * 20 + "...")],
)
def test_a_path_cuts_a_long_key(key, step):
    assert refusal(document(f'"meta":{{"{key}":NaN}}')).place.path == f"$.meta.{step}"


def test_an_error_in_the_text_says_where_it_is():
    place = refusal('{\n "a": x}').place
    assert (place.line, place.column) == (2, 7)


def test_comments_that_are_no_tree_are_told_with_their_ids():
    error = refusal(document('"comments":[{"id":"a","parent_id":"x"},{"id":"a"}]'))
    assert "parent 'x' of comment 'a' is missing" in str(error)
    assert "repeated id 'a', with different content" in str(error)


def test_every_problem_is_listed_up_to_a_bound():
    rows = ",".join('{"id":1}' for _ in range(1_000))
    error = refusal(document(f'"comments":[{rows}]'))
    assert 100 <= len(error.problems) <= 1_000
    assert len(str(error).splitlines()) < 15
    assert "more" in str(error).splitlines()[-1]
    assert error.problems[7].place.path == "$.comments[7].id"


def test_a_lone_surrogate_is_refused_wherever_it_stands():
    for part in (
        '"comments":[{"id":"\\ud800"}]',
        '"comments":[{"id":"a","text":"\\udc00 x"}]',
        '"comments":[{"id":"a","tags":["\\ud800"]}]',
        '"comments":[{"id":"a","meta":{"k":["\\ud800"]}}]',
        '"meta":{"\\ud800":1}',
        '"article":{"captions":["\\ud800"]}',
    ):
        assert "surrogate" in refused(part) or "Unicode" in refused(part)


def test_neither_mappings_with_odd_keys_nor_other_types_get_through():
    for data in ({"schema": SCHEMA, 1: 2, "x": 3}, {"schema": SCHEMA, None: 1}, [], None, "{}"):
        with pytest.raises(DecodeError):
            from_dict(data)
    with pytest.raises(TypeError):
        discourse.loads(5)
    with pytest.raises(TypeError):
        discourse.dumps({"id": "a"})
    with pytest.raises(TypeError):
        to_dict(None)


# -- files -----------------------------------------------------------------------------------------


def test_a_path_is_written_and_read(tmp_path):
    path = tmp_path / "thread.json"
    for target in (path, str(path)):
        discourse.dump(THREAD, target)
        assert path.read_bytes() == discourse.dumps(THREAD).encode() + b"\n"
        assert discourse.load(target) == THREAD
    discourse.dump(THREAD, path, indent=2)
    assert discourse.load(path) == THREAD
    assert '\n  "schema"' in path.read_text(encoding="utf-8")


def test_open_files_are_written_and_read(tmp_path):
    path = Path(tmp_path, "thread.json")
    with path.open("w", encoding="utf-8") as file:
        discourse.dump(THREAD, file)
    with path.open("rb") as file:
        assert discourse.load(file) == THREAD
    with path.open("wb") as file:
        discourse.dump(THREAD, file)
    with path.open(encoding="utf-8") as file:
        assert discourse.load(file) == THREAD
    text = io.StringIO()
    discourse.dump(THREAD, text)
    assert discourse.loads(text.getvalue()) == THREAD


def test_a_file_that_is_not_there_is_the_systems_own_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        discourse.load(tmp_path / "none.json")


def test_numbers_of_any_size_are_held():
    thread = Thread(None, [Comment("1", meta={"n": 2**70}), Comment("2", "1", text="é")])
    assert loads(dumps(thread)) == loads(dumps(thread, indent=1)) == thread
    assert dumps(thread) == json.dumps(to_dict(thread), ensure_ascii=False, separators=(",", ":"))
