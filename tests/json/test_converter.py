"""`make_converter` carries the model into every encoding that cattrs knows, as strictly as JSON."""

import datetime as dt
import json

import cattrs
import pytest
from cattrs.gen import make_dict_unstructure_fn, override
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from discourse import Article, Author, Comment, FieldError, FieldTypeError, Thread
from discourse.json import make_converter
from discourse.strategies import threads

THREAD = Thread(
    Article("T", tags={"b", "a"}, created_at=dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)),
    [
        Comment("1", None, Author("Ada", is_bot=False), "Yes.\n", score=0.5, meta={"k": [1, "a"]}),
        Comment(
            "2",
            "1",
            edited_at=dt.datetime(2024, 5, 1, 1, 2, 3, 4, dt.timezone(dt.timedelta(hours=2))),
        ),
    ],
    meta={"deep": {"er": [True, {}]}},
)
ENCODINGS = {
    "json": "cattrs.preconf.json",
    "msgpack": "cattrs.preconf.msgpack",
    "cbor2": "cattrs.preconf.cbor2",
    "pyyaml": "cattrs.preconf.pyyaml",
    "tomlkit": "cattrs.preconf.tomlkit",
}


def encoding(name):
    module = pytest.importorskip(ENCODINGS[name], reason=f"{name} is not installed")
    return make_converter(module.make_converter())


@pytest.mark.parametrize("name", ENCODINGS)
def test_a_thread_comes_back_from_every_encoding(name):
    converter = encoding(name)
    data = converter.dumps(THREAD)
    back = converter.loads(data, Thread)
    assert back == THREAD
    assert back.digest() == THREAD.digest()
    assert type(back["1"].text) is str and type(back["1"].meta["k"][0]) is int
    assert converter.dumps(back) == data


@pytest.mark.parametrize("name", ENCODINGS)
@pytest.mark.parametrize(
    "wrong", [{"id": 1}, {"id": "1", "x": 1}, {"id": "1", "score": "3"}, {"id": ""}]
)
def test_every_encoding_is_read_strictly(name, wrong):
    converter = encoding(name)
    plain = cattrs.Converter()
    library = {"json": "json", "msgpack": "msgpack", "cbor2": "cbor2", "tomlkit": "tomlkit"}.get(
        name
    )
    if library is None:
        yaml = pytest.importorskip("yaml")
        data = yaml.safe_dump({"comments": [wrong]})
    else:
        data = pytest.importorskip(library).dumps(plain.unstructure({"comments": [wrong]}))
    with pytest.raises(cattrs.BaseValidationError) as caught:
        converter.loads(data, Thread)
    assert "$.comments[0]" in cattrs.transform_error(caught.value)[0]


def is_small(value):
    """Whether every integer has 64 bits, beyond which most encodings have none."""
    if isinstance(value, dict):
        return all(map(is_small, value.values()))
    if isinstance(value, list):
        return all(map(is_small, value))
    return type(value) is not int or -(2**63) <= value < 2**63


@pytest.mark.parametrize("name", ["msgpack", "cbor2"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(thread=threads(complete=False, max_size=4))
def test_every_thread_comes_back_from_the_binary_encodings(name, thread):
    converter = encoding(name)
    assume(is_small(converter.unstructure(thread)))
    back = converter.loads(converter.dumps(thread), Thread)
    assert back == thread
    assert back.digest() == thread.digest()


def test_fields_can_have_other_names():
    made = make_converter(
        rename={Comment: {"text": "body", "parent_id": "re"}, Author: {"name": "n"}}
    )
    plain = made.unstructure(THREAD)
    assert plain["comments"][0]["body"] == "Yes.\n" and plain["comments"][1]["re"] == "1"
    assert plain["comments"][0]["author"]["n"] == "Ada"
    assert made.structure(plain, Thread) == THREAD
    with pytest.raises(cattrs.BaseValidationError):
        made.structure({"comments": [{"id": "1", "text": "the old name"}]}, Thread)


def test_defaults_can_be_told():
    plain = make_converter(omit_defaults=False).unstructure(Comment("1"))
    assert plain["text"] is None and plain["status"] == "visible" and plain["tags"] == []
    assert make_converter().structure(plain, Comment) == Comment("1")


def test_a_hook_for_a_type_takes_the_place_of_the_models():
    made = make_converter()
    made.register_structure_hook(
        dt.datetime, lambda value, _: dt.datetime.fromtimestamp(value, dt.UTC)
    )
    made.register_unstructure_hook(dt.datetime, lambda value: int(value.timestamp()))
    plain = made.unstructure(THREAD.article)
    assert plain["created_at"] == 1714564800
    assert made.structure(plain, Article) == THREAD.article


def test_a_hook_for_a_class_takes_the_place_of_the_models():
    made = make_converter()
    made.register_structure_hook(Author, lambda value, _: Author(value))
    made.register_unstructure_hook(Author, lambda author: author.name)
    plain = made.unstructure(THREAD)
    assert plain["comments"][0]["author"] == "Ada"
    back = made.structure(plain, Thread)
    assert back["1"].author == Author("Ada")


def test_a_hook_made_by_cattrs_from_the_converter_works_too():
    made = make_converter()
    made.register_unstructure_hook(
        Comment, make_dict_unstructure_fn(Comment, made, meta=override(omit=True))
    )
    assert "meta" not in made.unstructure(THREAD)["comments"][0]


class Word(str):
    __slots__ = ()

    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


class Number(int):
    pass


def test_what_libraries_derive_from_plain_types_becomes_plain():
    made = make_converter().structure(
        {"id": Word("1"), "text": Word("a"), "upvotes": Number(3)}, Comment
    )
    assert type(made.id) is str and type(made.text) is str and type(made.upvotes) is int


@given(st.sampled_from([True, False, None, 1.0, b"a", ("a",), dt.datetime.now(dt.UTC)]))
def test_nothing_becomes_a_string_or_a_number(value):
    made = make_converter()
    for field in ("id", "upvotes"):
        if field == "upvotes" and value is None:
            continue
        with pytest.raises(cattrs.BaseValidationError):
            made.structure({"id": "1", field: value}, Comment)


def test_keys_that_are_no_strings_are_refused_too():
    with pytest.raises(cattrs.BaseValidationError):
        make_converter().structure({"id": "1", 5: 1, "x": 2}, Comment)


def test_the_hooks_of_the_model_leave_other_classes_alone():
    made = make_converter()
    assert made.structure([1, "a"], tuple[int, str]) == (1, "a")
    assert json.loads(json.dumps(made.unstructure({"a": (1, 2)}))) == {"a": [1, 2]}


def test_the_reasons_are_told_by_a_formatter_of_one_line():
    refused = [
        ({"comments": [{"id": "2", "parent_id": "1"}]}, "parent '1' of comment '2' is missing"),
        ({"comments": [{"id": 2}]}, "must be a string, not 2 @ $.comments[0].id"),
    ]
    for plain, told in refused:
        with pytest.raises(cattrs.BaseValidationError) as caught:
            make_converter().structure(plain, Thread)
        (line,) = cattrs.transform_error(
            caught.value, format_exception=lambda error, kind: str(error)
        )
        assert told in line


def test_wrong_arguments_are_refused():
    with pytest.raises(FieldTypeError, match="must be a Converter, not 3"):
        make_converter(3)
    with pytest.raises(
        FieldError, match=r"must be a field of Comment: id, parent_id, .* not 'txt'"
    ):
        make_converter(rename={Comment: {"txt": "body"}})
    with pytest.raises(FieldError, match="must be the name of one field of Comment, not 'id'"):
        make_converter(rename={Comment: {"text": "id"}})
    swapped = make_converter(rename={Comment: {"text": "title", "title": "text"}})
    comment = Comment("1", text="a", title="b")
    assert swapped.structure(swapped.unstructure(comment), Comment) == comment
