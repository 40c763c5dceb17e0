"""The laws of the wire form: nothing is lost, nothing is coerced, and both lanes agree."""

import io
import json
import re

import attrs
import cattrs.preconf.json
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import discourse
from discourse import Article, Comment, DecodeError, Meta, Thread
from discourse.json import SCHEMA, from_dict, make_converter, to_dict
from discourse.strategies import json_documents, metas, texts, threads, times

any_threads = threads(complete=False, max_size=6)
CONVERTER = make_converter()


def outcome(read, data):
    """The thread, or that it was refused; anything but a `DecodeError` gets away."""
    try:
        return read(data)
    except DecodeError:
        return "refused"


# -- round trips -----------------------------------------------------------------------------------


@given(any_threads)
@example(Thread(None, [Comment("a", score=1e300, meta={"n": 10**400, "z": -0.0})]))
@example(Thread(None, [Comment("a", score=-(2**63)), Comment("b", upvotes=2**63 - 1)]))
@example(Thread(Article(""), [Comment("\x00\u2028\ufeff", text="\x1b[0m\x7f")]))
def test_a_thread_comes_back_from_text_and_from_bytes(thread):
    """``loads(dumps(thread)) == thread``, every field of the same type as before."""
    text = discourse.dumps(thread)
    for back in (discourse.loads(text), discourse.loads(text.encode())):
        assert back == thread
        assert discourse.dumps(back) == text
        assert pytest_types(back) == pytest_types(thread)


def pytest_types(thread):
    return [[type(getattr(c, f.name)) for f in attrs.fields(Comment)] for c in thread]


@given(json_documents())
def test_the_canonical_form_is_one(document):
    """Whatever way a document is spelled, writing what it holds gives one text, for good."""
    thread = discourse.loads(document)
    text = discourse.dumps(thread)
    assert discourse.dumps(discourse.loads(text)) == text
    assert discourse.loads(text) == thread


@given(any_threads, st.integers(0, 4))
def test_indentation_changes_nothing_but_white_space(thread, indent):
    """What is written for people says the same."""
    text = discourse.dumps(thread, indent=indent)
    assert json.loads(text) == json.loads(discourse.dumps(thread))
    assert discourse.loads(text) == thread


@given(any_threads)
def test_plain_dicts_are_what_the_text_says(thread):
    """`to_dict` and `from_dict` go the same way as the text, without it."""
    assert json.loads(json.dumps(to_dict(thread))) == json.loads(discourse.dumps(thread))
    assert from_dict(json.loads(discourse.dumps(thread))) == thread
    assert from_dict(to_dict(thread)) == thread


@given(any_threads)
def test_files_hold_the_document_and_a_newline(thread):
    """Open files of text and of bytes get the same characters, and give the thread back."""
    text, data = io.StringIO(), io.BytesIO()
    discourse.dump(thread, text)
    discourse.dump(thread, data)
    assert text.getvalue() == discourse.dumps(thread) + "\n"
    assert data.getvalue() == text.getvalue().encode()
    assert discourse.load(io.StringIO(text.getvalue())) == thread
    assert discourse.load(io.BytesIO(data.getvalue())) == thread


@given(any_threads)
def test_what_is_at_its_default_is_left_out(thread):
    """A document tells no field twice, in the order of the class, and none that says nothing."""
    plain = json.loads(discourse.dumps(thread))
    assert list(plain) == [
        name
        for name in ("schema", "article", "comments", "stubs", "source", "meta")
        if name == "schema" or getattr(thread, name) not in (None, (), Meta())
    ]
    for told, comment in zip(plain.get("comments", []), thread, strict=True):
        fields = [f for f in attrs.fields(Comment) if getattr(comment, f.name) != f.default]
        assert list(told) == [f.name for f in fields]


# -- the two lanes ---------------------------------------------------------------------------------


@given(json_documents())
def test_the_converter_reads_what_loads_reads(document):
    """The strict `cattrs` converter and `loads` give one thread."""
    plain = json.loads(document)
    assert plain.pop("schema") == SCHEMA
    thread = CONVERTER.structure(plain, Thread)
    assert thread == discourse.loads(document)
    assert CONVERTER.unstructure(thread) == {
        name: value for name, value in to_dict(thread).items() if name != "schema"
    }


#: Values of every type, near to what is right and far from it.
STRAY = st.one_of(
    st.sampled_from(
        [None, True, False, 0, 1, -1, 1.0, 0.5, 1e300, 2**63, -(2**63) - 1, 2**64, 10**30]
    ),
    st.sampled_from(["", "a", "1", "visible", "html", "2024-01-01T00:00:00Z", "\ud800", "\x00"]),
    st.sampled_from(["2024-01-01T00:00:00", "2024-01-01", "0001-01-01T00:00:00+01:00", "now"]),
    st.sampled_from(["2024-13-01T00:00:00Z", "2024-01-01t00:00:00z", "2024-01-01T00:00:60Z"]),
    st.sampled_from(
        ["9999-12-31T23:59:59-01:00", "2024-01-01T00:00:00.1234567Z", "20240101T000000Z"]
    ),
    st.sampled_from(
        ["2024-W01-1T00:00:00Z", "2024-01-01T00:00:00+00:19:32", "2024-01-01T24:00:00Z"]
    ),
    st.sampled_from(
        ["\u0662024-01-01T00:00:00Z", "2024-01-01T00:00:00+24:00", "-024-01-01T00:00:00Z"]
    ),
    st.sampled_from(
        [[], [[]], ["a", "a"], [""], ["a", 1], {}, {"a": 1}, {"id": "a"}, [{}], [None]]
    ),
)


def places(value, path=()):
    """Every place inside plain JSON, but what lies in a ``meta``, where anything may stand."""
    yield path
    if path and path[-1] == "meta":
        return
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*path, key))


@given(any_threads, st.data())
def test_both_lanes_refuse_and_accept_the_same(thread, data):
    """A document with any one value replaced is read alike by text, by bytes and by plain dicts."""
    plain = json.loads(discourse.dumps(thread))
    path = data.draw(st.sampled_from(list(places(plain))[1:]))
    stray = data.draw(STRAY)
    *way, last = path
    inner = plain
    for key in way:
        inner = inner[key]
    inner[last] = stray
    expected = outcome(from_dict, plain)
    text = json.dumps(plain)
    assert outcome(discourse.loads, text) == expected
    assert outcome(discourse.loads, text.encode()) == expected
    if expected != "refused":
        assert discourse.loads(text).digest() == expected.digest()


FIELDS = ["article", "source", "stubs", "comments", "meta"]


@given(st.sampled_from([f.name for f in attrs.fields(Comment)]), STRAY)
@example("score", -0.0)
@example("created_at", "2024-01-01T00:00:00+00:00")
@example("text", "\ud83d\ude00")
def test_both_lanes_judge_each_field_alike(name, stray):
    """Whatever stands in a field of a comment, the lanes agree whether it can."""
    document = {"schema": SCHEMA, "comments": [{"id": "x", name: stray}]}
    document = json.loads(json.dumps(document))  # which joins surrogates that are a pair
    expected = outcome(from_dict, document)
    assert outcome(discourse.loads, json.dumps(document)) == expected
    assert outcome(discourse.loads, json.dumps(document, indent=1).encode()) == expected


# -- refusals --------------------------------------------------------------------------------------


@given(any_threads, texts(max_size=6), st.data())
def test_an_unknown_key_is_refused_with_its_path(thread, name, data):
    """A key that the form does not have is an error that says where, in every object."""
    plain = json.loads(discourse.dumps(thread))
    objects = [path for path in places(plain) if is_object(plain, path)]
    path = data.draw(st.sampled_from(objects))
    inner = at(plain, path)
    known = {f.name for cls in (Comment, Article, Thread) for f in attrs.fields(cls)}
    assume(name not in known and name not in inner and not name.startswith("schema"))
    inner[name] = None
    refused_at(plain, path)


@given(threads(min_size=1, max_size=5), st.data())
def test_a_wrong_type_is_refused_with_its_path(thread, data):
    """A number is no string, a string no number, a list no object; the error says where."""
    plain = json.loads(discourse.dumps(thread))
    comment = data.draw(st.integers(0, len(thread) - 1))
    name, wrong = data.draw(
        st.sampled_from(
            [
                *(("id", 1), ("parent_id", 1.0), ("author", "Ada"), ("text", ["a"])),
                *(("created_at", 1700000000), ("is_edited", "false"), ("is_edited", 0)),
                *(("score", "3"), ("score", True), ("upvotes", 1.5), ("upvotes", True)),
                *(("status", None), ("tags", "pinned"), ("tags", {}), ("meta", []), ("url", False)),
            ]
        )
    )
    plain["comments"][comment][name] = wrong
    refused_at(plain, ("comments", comment, name))


@given(threads(min_size=1, max_size=5), times(), st.data())
def test_a_time_without_its_zone_is_refused_with_its_path(thread, time, data):
    """No zone is guessed."""
    plain = json.loads(discourse.dumps(thread))
    comment = data.draw(st.integers(0, len(thread) - 1))
    name = data.draw(st.sampled_from(["created_at", "edited_at"]))
    plain["comments"][comment][name] = time.replace(tzinfo=None).isoformat()
    refused_at(plain, ("comments", comment, name))


def at(plain, path):
    for key in path:
        plain = plain[key]
    return plain


def is_object(plain, path):
    return isinstance(at(plain, path), dict) and "meta" not in path


def refused_at(plain, path):
    """The document is refused, and the first problem stands at that path."""
    expected = "$" + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
    for read, data in ((discourse.loads, json.dumps(plain)), (from_dict, plain)):
        with pytest.raises(DecodeError) as caught:
            read(data)
        problem = caught.value.problems[0]
        assert problem.place.path == expected
        assert str(caught.value).startswith(f"{expected}: ")


@given(any_threads, st.data())
def test_a_cut_document_is_refused(thread, data):
    """No beginning of a document is a document."""
    text = discourse.dumps(thread)
    end = data.draw(st.integers(0, len(text) - 1))
    for part in (text[:end], text.encode()[:end]):
        with pytest.raises(DecodeError):
            discourse.loads(part)


@given(any_threads, st.data())
def test_a_key_that_stands_twice_is_refused(thread, data):
    """Which of two values is meant, nobody can know."""
    text = discourse.dumps(thread)
    key = data.draw(st.sampled_from(sorted(set(re.findall(r'(?<=[{,])"[a-z_]+":', text)))))
    twice = text.replace(key, f"{key}null,{key}", 1)
    with pytest.raises(DecodeError):
        discourse.loads(twice)


@given(st.binary(max_size=60) | st.text(max_size=60))
@example(b'{"schema":"discourse/thread/1","comments":[{"id":"\xff"}]}')
@example(b"\xef\xbb\xbf{}")
@example("[" * 100_000)
@example('{"schema":' * 5_000)
@example("1" * 5_000)
@example("NaN")
@example('{"schema":"discourse/thread/1","meta":{"a":' + "[" * 5_000 + "]" * 5_000 + "}}")
def test_whatever_is_no_document_is_refused_in_a_sentence(data):
    """Only `DecodeError` comes out, in a message that is short and safe to print."""
    with pytest.raises(DecodeError) as caught:
        discourse.loads(data)
    assert len(str(caught.value)) < 2_000
    assert str(caught.value).replace("\n", "").isprintable()


@given(json_documents(), st.data())
def test_a_document_with_one_character_changed_is_read_or_refused(document, data):
    """Never another error, and never a thread that is none."""
    at = data.draw(st.integers(0, len(document) - 1))
    char = data.draw(st.sampled_from([*'{}[]",:0e.-\\u n\x00', ""]))
    changed = document[:at] + char + document[at + 1 :]
    try:
        thread = discourse.loads(changed)
    except DecodeError:
        return
    else:
        assert discourse.loads(discourse.dumps(thread)) == thread
        assert from_dict(json.loads(changed)) == thread


# -- other encodings -------------------------------------------------------------------------------


@given(metas())
def test_meta_crosses_whole(meta):
    """Every JSON value in a ``meta`` comes back, true as true and 1 as 1."""
    back = discourse.loads(discourse.dumps(Thread(meta=meta))).meta
    assert back == meta
    assert back.to_dict() == meta.to_dict()
    assert json.dumps(back.to_dict()) == json.dumps(meta.to_dict())


@given(any_threads)
def test_a_converter_that_tells_defaults_reads_its_own(thread):
    """With every field told, the same converter gives the thread back."""
    made = make_converter(omit_defaults=False)
    plain = json.loads(json.dumps(made.unstructure(thread)))
    assert made.structure(plain, Thread) == thread
    assert all(len(told) == len(attrs.fields(Comment)) for told in plain["comments"])


@given(any_threads)
def test_a_converter_of_another_encoding_can_carry_the_model(thread):
    """Hooks on a caller's own converter do not need the JSON module's."""
    own = make_converter(cattrs.preconf.json.make_converter(detailed_validation=False))
    assert own.structure(json.loads(json.dumps(own.unstructure(thread))), Thread) == thread
