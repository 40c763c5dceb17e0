"""What is not a document is refused: where, why, all of it at once, and within bounds."""

import json
import subprocess
import sys

import pytest

import discourse
from discourse import Comment, DecodeError, FieldError, Meta, Thread
from discourse.json import SCHEMA, _schema, from_dict, loads, to_dict

HEAD = f'{{"schema":"{SCHEMA}",'


def document(*comments, **fields):
    return {"schema": SCHEMA, "comments": list(comments), **fields}


def refused(data, **options):
    with pytest.raises(DecodeError) as caught:
        loads(data, **options) if isinstance(data, str | bytes) else from_dict(data, **options)
    return caught.value


def told(error):
    return [(problem.place.path, problem.message) for problem in error.problems]


# -- paths and positions ---------------------------------------------------------------------------


def test_each_problem_of_a_document_is_told_with_its_path():
    data = document(
        {"id": "", "upvotes": 2**63, "reply_count": -1, "tags": [""]},
        {"id": 1, "created_at": "2024-05-01T12:00:00", "author": {"name": "\ud800"}, "frob": 1},
        {},
        article={"authors": [{"name": 5}], "score": "3"},
        stubs=[{"kind": "lost"}],
        source="file",
    )
    paths = [problem.place.path for problem in refused(data).problems]
    assert paths == [
        "$.article.authors[0].name",
        "$.article.score",
        "$.comments[0].id",
        "$.comments[0].upvotes",
        "$.comments[0].reply_count",
        "$.comments[0].tags",
        "$.comments[1].id",
        "$.comments[1].author.name",
        "$.comments[1].created_at",
        "$.comments[1]",
        "$.comments[2].id",
        "$.stubs[0].kind",
        "$.source",
    ]
    data["comments"][1]["author"] = {}  # half a character is no text at all, and told alone
    paths.remove("$.comments[1].author.name")
    assert [problem.place.path for problem in refused(json.dumps(data)).problems] == paths


def test_problems_in_text_have_line_column_and_offset():
    text = f'{{"schema": "{SCHEMA}",\n "comments": [\n  {{"id": "é1", "score": "3"}}\n]}}'
    problem = refused(text).problems[0]
    at = text.index('"3"')
    assert (problem.place.line, problem.place.column, problem.place.offset) == (3, 25, at)
    assert refused(text.encode()).problems[0].place.offset == len(text[:at].encode())
    assert str(refused(text)) == "$.comments[0].score: must be a number, not '3'"


def test_the_message_is_bounded_and_the_problems_are_a_hundred():
    error = refused(document(*({"id": n} for n in range(1000))))
    assert len(error.problems) == 100
    assert len(str(error)) < 2_000
    assert str(error).endswith("... and more")


FLOOD = """
import resource, sys
from discourse import DecodeError
from discourse.json import loads
rows = ",".join(sys.argv[1].replace("N", str(n)) for n in range(int(sys.argv[2])))
text = '{"schema":"discourse/thread/1","comments":[' + rows + "]}"
before = resource.getrusage(resource.RUSAGE_SELF)
try:
    loads(text)
except DecodeError as error:
    assert len(error.problems) == 100, error
after = resource.getrusage(resource.RUSAGE_SELF)
print((after.ru_maxrss - before.ru_maxrss) // 1024, after.ru_utime - before.ru_utime)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told in kibibytes on Linux")
@pytest.mark.parametrize(
    "row", ['{"id":N}', '{"id":"N","tags":[1,2,3,4]}', '{"no":N}', '{"id":"1"}']
)
def test_a_flood_of_errors_takes_little_memory(many, row):
    command = [sys.executable, "-c", FLOOD, row, str(many)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    mebibytes, _ = done.stdout.split()
    assert int(mebibytes) < 200


def test_a_comment_that_is_no_tree_is_told():
    error = refused(document({"id": "a"}, {"id": "a"}, {"id": "b", "parent_id": "x"}))
    assert [problem.kind for problem in error.problems] == ["duplicate", "orphan"]
    assert {problem.place.path for problem in error.problems} == {"$.comments"}


# -- text that is none -----------------------------------------------------------------------------

SYNTAX = {
    "NaN": HEAD + '"comments":[{"id":"1","score":NaN}]}',
    "Infinity": HEAD + '"comments":[{"id":"1","score":-Infinity}]}',
    "too large": HEAD + '"comments":[{"id":"1","score":1e999}]}',
    "too large in meta": HEAD + '"meta":{"a":[-1e400]}}',
    "long integer": HEAD + '"meta":{"a":' + "1" * 5_000 + "}}",
    "long integer in a field": HEAD + '"comments":[{"id":"1","upvotes":' + "1" * 5_000 + "}]}",
    "surrogate": HEAD + '"comments":[{"id":"1","text":"a\\ud83d"}]}',
    "surrogate in a key": HEAD + '"meta":{"\\udc00":1}}',
    "surrogate as such": HEAD + '"comments":[{"id":"1","text":"\ud800"}]}',
    "deep arrays": HEAD + '"meta":{"a":' + "[" * 100_000,
    "deep objects": '{"a":' * 100_000,
    "deep and whole": HEAD + '"meta":{"a":' + "[" * 5_000 + "]" * 5_000 + "}}",
    "cut": HEAD + '"comments":[{"id":"1"',
    "cut in a string": HEAD + '"comments":[{"id":"1',
    "empty": "",
    "white space": " \n",
    "trailing": HEAD + '"comments":[]} x',
    "two documents": HEAD + '"comments":[]}{}',
    "mark": "\ufeff" + HEAD + '"comments":[]}',
    "twice": HEAD + '"comments":[{"id":"1","text":"a","te\\u0078t":"b"}]}',
    "twice in meta": HEAD + '"meta":{"a":1,"a":1}}',
    "twice in an author": HEAD + '"comments":[{"id":"1","author":{"name":"a","name":"a"}}]}',
    "single quotes": "{'schema':'discourse/thread/1'}",
    "comment": HEAD + '/* */"comments":[]}',
    "trailing comma": HEAD + '"comments":[],}',
    "control character": HEAD + '"comments":[{"id":"1","text":"a\nb"}]}',
    "leading zero": HEAD + '"comments":[{"id":"1","score":01}]}',
}


@pytest.mark.parametrize("text", SYNTAX.values(), ids=SYNTAX.keys())
def test_what_is_no_json_is_refused_with_its_position(text):
    error = refused(text)
    assert error.place.line is not None
    assert error.place.column is not None
    assert error.place.offset is not None
    assert error.problems[0].place == error.place
    assert len(str(error)) < 600
    assert str(error).isprintable()
    if text.isascii():
        assert str(refused(text.encode())) == str(error)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_other_encodings_are_named(encoding):
    error = refused((HEAD + '"comments":[]}').encode(encoding))
    assert encoding[:6].upper() in str(error)
    assert error.place.offset == 0


@pytest.mark.parametrize(
    "bad", [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xe2\x82"]
)
def test_bytes_that_are_not_utf8_are_refused_with_their_offset(bad):
    data = HEAD.encode() + b'\n"comments":[{"id":"1","text":"' + bad + b'"}]}'
    error = refused(data)
    assert "UTF-8" in str(error)
    assert (error.place.line, error.place.offset) == (2, data.index(bad))


def test_a_document_is_read_with_little_of_the_stack_left():
    """Or refused: whatever is left, no other error comes out."""
    text = discourse.dumps(Thread(meta={"a": [[[[1]]]]}))
    outcomes = []

    def dive(depth):
        if depth:
            return dive(depth - 1)
        try:
            outcomes.append(bool(loads(text).meta))
        except DecodeError:
            outcomes.append(None)
        return None

    for left in range(120, 300, 20):
        dive(sys.getrecursionlimit() - left - len(__import__("inspect").stack()))
    assert True in outcomes


def test_no_argument_is_taken_for_another():
    with pytest.raises(TypeError):
        loads(5)
    with pytest.raises(TypeError):
        discourse.dumps([Comment("1")])
    with pytest.raises(FieldError):
        loads("{}", on_unknown="ignore")


# -- times -----------------------------------------------------------------------------------------

GOOD_TIMES = [
    "2024-05-31T12:34:56Z",
    "2024-05-31T12:34:56.5Z",
    "2024-05-31T12:34:56.123456+05:30",
    "2024-05-31T12:34:56-00:00",
    "2024-05-31T23:59:59-23:59",
    "2024-02-29T00:00:00+00:00",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z",
    "9999-12-31T23:59:59+01:00",
]
BAD_TIMES = [
    "2024-05-31T12:34:56",
    "2024-05-31T12:34:56+00:19:32",
    "2024-05-31T12:34:56.1234567Z",
    "2024-05-31T12:34:56.Z",
    "2024-05-31T12:34:60Z",
    "2016-12-31T23:59:60Z",
    "2024-05-31T24:00:00Z",
    "2024-05-31T12:34:56+24:00",
    "2024-05-31T12:34:56+05:60",
    "2024-W22-5T12:34:56Z",
    "2024-152T12:34:56Z",
    "20240531T123456Z",
    "2024-05-31 12:34:56Z",
    "2024-05-31t12:34:56z",
    "2024-05-31T12:34:56+0530",
    "2024-05-31T12:34:56+05",
    "2024-05-31T12:34Z",
    "2024-05-31",
    "2024-05-31T12:34:56,5Z",
    "2024-13-01T00:00:00Z",
    "2023-02-29T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "10000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59-01:00",
    "\u0662024-05-31T12:34:56Z",
    " 2024-05-31T12:34:56Z",
    "2024-05-31T12:34:56Z\n",
    "",
    "now",
    1717158896,
    True,
    [],
]


@pytest.mark.parametrize("field", ["created_at", "edited_at"])
@pytest.mark.parametrize("told_time", GOOD_TIMES)
def test_a_time_with_its_zone_is_read_alike_by_both_lanes(field, told_time):
    data = document({"id": "1", field: told_time})
    assert from_dict(data) == loads(json.dumps(data)) == loads(json.dumps(data, indent=1))
    assert getattr(from_dict(data)["1"], field).tzinfo is not None


@pytest.mark.parametrize("field", ["created_at", "edited_at"])
@pytest.mark.parametrize("told_time", BAD_TIMES, ids=repr)
def test_any_other_time_is_refused_by_both_lanes_and_never_rounded(field, told_time):
    data = document({"id": "1", field: told_time})
    for error in (refused(data), refused(json.dumps(data)), refused(json.dumps(data, indent=1))):
        assert str(error).startswith(f"$.comments[0].{field}: ")


# -- numbers ---------------------------------------------------------------------------------------

LARGE = [2**53 + 1, 2**63, 2**64, 2**64 + 1, -(2**63) - 1, 10**400, 18446744073709551617]


@pytest.mark.parametrize("number", LARGE)
def test_an_integer_of_any_size_in_meta_stays_exact(number):
    thread = Thread(None, [Comment("1", meta={"n": number})], meta={"n": [number]})
    text = discourse.dumps(thread)
    for back in (
        loads(text),
        loads(json.dumps(json.loads(text), indent=1)),
        from_dict(to_dict(thread)),
    ):
        assert back.meta["n"] == (number,) and type(back.meta["n"][0]) is int
        assert back["1"].meta["n"] == number
    assert str(number) in text


@pytest.mark.parametrize("field", ["score", "upvotes", "downvotes", "reply_count"])
@pytest.mark.parametrize("number", LARGE[1:])
def test_an_integer_beyond_64_bits_in_a_field_is_refused(field, number):
    data = document({"id": "1", field: number})
    assert told(refused(data))[0][0] == f"$.comments[0].{field}"
    assert told(refused(json.dumps(data)))[0][0] == f"$.comments[0].{field}"


# -- other schemas ---------------------------------------------------------------------------------


def test_a_newer_schema_is_refused_with_what_is_read_and_what_is_needed():
    error = refused('{"schema":"discourse/thread/2","comments":[{"id":"1","new":true}]}')
    assert error.problems[0].place.path == "$.schema"
    assert SCHEMA in str(error)
    assert "newer discourse-model" in str(error)


@pytest.mark.parametrize(
    "schema", [None, 1, "", "thread", "discourse/thread/", "discourse/thread/0"]
)
def test_any_other_schema_is_refused(schema):
    assert refused({"schema": schema}).place.path == "$.schema"
    assert refused(json.dumps({"schema": schema})).place.path == "$.schema"


def test_a_document_without_schema_says_so():
    assert "required" in str(refused("{}"))


def older(data):
    rows = [{"id": str(row["nr"]), "text": row["says"]} for row in data["rows"]]
    return {"schema": SCHEMA, "comments": rows}


def test_a_document_of_an_older_schema_is_brought_up_to_this_one(monkeypatch):
    monkeypatch.setitem(_schema.MIGRATIONS, "discourse/thread/0", older)
    data = {"schema": "discourse/thread/0", "rows": [{"nr": 7, "says": "Hm."}]}
    assert loads(json.dumps(data)) == from_dict(data) == Thread(None, [Comment("7", text="Hm.")])
    assert data["schema"] == "discourse/thread/0"


def test_a_table_that_goes_in_a_circle_ends(monkeypatch):
    monkeypatch.setitem(_schema.MIGRATIONS, "discourse/thread/0", dict)
    assert refused({"schema": "discourse/thread/0"}).place.path == "$.schema"


def test_every_line_of_the_table_is_an_older_schema():
    assert all(name < SCHEMA for name in _schema.MIGRATIONS)


# -- unknown keys ----------------------------------------------------------------------------------

STRANGE = document(
    {
        "id": "1",
        "author": {"name": "Ada", "rank": 2},
        "votes": [1],
        "meta": {"unknown": {"votes": 0}},
    },
    article={"title": "T", "mood": None, "authors": [{"name": "Bo", "badge": "x"}]},
    stubs=[{"kind": "more", "expires": 5}],
    source={"format": "json", "host": "h"},
    theme={"dark": True},
)


@pytest.mark.parametrize(
    "data", [STRANGE, json.dumps(STRANGE), json.dumps(STRANGE, indent=2).encode()]
)
def test_unknown_keys_are_kept_where_they_stood_and_told(data):
    problems = []
    read = from_dict if isinstance(data, dict) else loads
    thread = read(data, on_unknown="keep", report=problems.append)
    assert thread.article.meta == {"unknown": {"mood": None}}
    assert thread.article.authors[0].meta == {"unknown": {"badge": "x"}}
    assert thread["1"].meta == {"unknown": {"votes": 0, "votes~2": [1]}}
    assert thread["1"].author.meta == {"unknown": {"rank": 2}}
    assert thread.meta == {
        "unknown": {"stubs[0].expires": 5, "source.host": "h", "theme": {"dark": True}}
    }
    assert sorted(problem.place.path for problem in problems) == [
        *("$.article.authors[0].badge", "$.article.mood", "$.comments[0].author.rank"),
        *("$.comments[0].votes", "$.source.host", "$.stubs[0].expires", "$.theme"),
    ]
    assert {problem.kind for problem in problems} == {"unknown-key"}
    assert loads(discourse.dumps(thread)) == thread


def test_keeping_changes_nothing_that_was_handed_in():
    before = json.dumps(STRANGE)
    from_dict(STRANGE, on_unknown="keep")
    assert json.dumps(STRANGE) == before


def test_a_source_that_has_a_key_of_that_name_keeps_it():
    data = document({"id": "1", "x": 1, "meta": {"unknown": "soldier"}})
    thread = from_dict(data, on_unknown="keep")
    assert thread["1"].meta == {"unknown": "soldier", "unknown~2": {"x": 1}}


def test_what_meta_cannot_hold_is_refused_all_the_same():
    deep = json.loads("[" * 70 + "]" * 70)
    assert refused(document({"id": "1", "x": deep}), on_unknown="keep")
    assert refused(document({"id": "1", "x": 1, "meta": 5}), on_unknown="keep")
    assert refused(document(5, {"id": 1, "x": 1}), on_unknown="keep")


# -- shared values ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "write", [discourse.dumps, lambda t: discourse.dumps(t, indent=1), to_dict]
)
def test_equal_authors_are_one_object(write):
    ada = {"name": "Ada", "id": "7"}
    data = document(
        *(
            {"id": str(n), "author": {**ada, "meta": {"n": [1]}} if n % 2 else ada}
            for n in range(6)
        ),
        article={"authors": [ada]},
    )
    made = write(from_dict(data))
    thread = from_dict(made) if isinstance(made, dict) else loads(made)
    assert len({id(comment.author) for comment in thread}) == 2
    assert thread.article.authors[0] is thread["0"].author


def test_an_empty_meta_costs_nothing():
    for read in (from_dict, lambda data: loads(json.dumps(data))):
        thread = read(document({"id": "1", "meta": {}, "author": {"meta": {}}}, meta={}))
        assert thread["1"].meta is thread.meta is thread["1"].author.meta is discourse.model.EMPTY
    assert isinstance(thread.meta, Meta)
