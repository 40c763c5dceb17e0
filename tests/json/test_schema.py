"""The published JSON Schema is what the classes say, and judges as the reader does."""

import json
import runpy
from importlib import resources
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import Article, Author, Comment, DecodeError, Source, Stub, Thread
from discourse.json import SCHEMA, from_dict, schema, to_dict
from discourse.strategies import json_documents, threads

jsonschema_rs = pytest.importorskip("jsonschema_rs", reason="jsonschema-rs is not installed")
VALIDATOR = jsonschema_rs.Draft202012Validator(schema(), validate_formats=True)
SCRIPT = Path(__file__).parents[2] / "docs" / "_json_schema.py"
CLASSES = (Article, Author, Comment, Source, Stub)


def test_the_file_in_the_package_is_what_the_classes_give():
    """If not, run ``python docs/_json_schema.py``."""
    generate = runpy.run_path(str(SCRIPT))["generate"]
    published = resources.files("discourse").joinpath("schema/thread-1.json").read_bytes()
    assert published.decode("utf-8") == generate()


def test_it_is_a_schema_of_draft_2020_12():
    assert jsonschema_rs.meta.is_valid(schema())
    assert schema()["$schema"].endswith("2020-12/schema")
    assert schema() is not schema()


@pytest.mark.parametrize("cls", CLASSES)
def test_every_field_has_its_place_and_its_words(cls):
    told = schema()["$defs"][cls.__name__]
    assert list(told["properties"]) == [field.name for field in attrs.fields(cls)]
    assert told["additionalProperties"] is False
    assert all(len(field["description"]) > 5 for field in told["properties"].values())


@given(threads(complete=False))
def test_every_thread_is_valid(thread):
    VALIDATOR.validate(to_dict(thread))


@given(json_documents())
def test_every_document_is_valid_however_it_is_spelled(document):
    VALIDATOR.validate(json.loads(document))


#: One change each that the schema can tell, of a value at some place of a document.
WRONG = [
    *[(("comments", 0, name), value) for name in ("id", "parent_id") for value in ("", 1, [])],
    *[(("comments", 0, "upvotes"), value) for value in (2**63, -(2**63) - 1, 0.5, "1", True)],
    *[(("comments", 0, "reply_count"), value) for value in (-1, 2**63)],
    *[(("comments", 0, "score"), value) for value in ("1", True, [])],
    *[(("comments", 0, "tags"), value) for value in (["a", "a"], [""], "a", [1], None)],
    *[(("comments", 0, "status"), value) for value in ("gone", None, 1)],
    *[(("comments", 0, "text_format"), value) for value in ("rtf", "")],
    *[
        (("comments", 0, name), value)
        for name in ("created_at", "edited_at")
        for value in (
            *("2024-05-01T12:00:00", "2024-05-01", "now", 5, "2024-05-01T24:00:00Z"),
            *("2024-05-01T12:00:00.1234567Z", "2024-05-01t12:00:00z", "2024-05-01T12:00:60Z"),
            *("2024-02-30T12:00:00Z", "2024-05-01T12:00:00+00:19:32"),
        )
    ],
    *[(("comments", 0, "is_edited"), value) for value in ("true", 0)],
    *[(("comments", 0, "meta"), value) for value in ([], None, "a")],
    *[(("comments", 0, "author"), value) for value in ("Ada", [], {"name": 1}, {"nom": "A"})],
    *[(("comments", 0, "frob"), value) for value in (None, 1)],
    (("comments", 0), {}),
    (("comments", 0), None),
    (("comments",), {}),
    (("article",), {"captions": [None]}),
    (("article",), {"authors": [{"id": ""}]}),
    (("article",), {"comment_count": -1}),
    (("article",), {"body": "a"}),
    (("stubs",), [{"kind": "end"}]),
    (("stubs",), [{"ids": "1"}]),
    (("source",), {"retrieved_at": "today"}),
    (("meta",), None),
    (("extra",), 1),
    (("schema",), "discourse/thread/2"),
]


@pytest.mark.parametrize(("path", "value"), WRONG, ids=repr)
@given(thread=threads(min_size=1, max_size=2))
def test_what_the_schema_can_tell_is_refused_by_both(path, value, thread):
    data = json.loads(json.dumps(to_dict(thread)))
    *way, last = path
    inner = data
    for key in way:
        inner = inner[key]
    inner[last] = value
    assert not VALIDATOR.is_valid(data)
    with pytest.raises(DecodeError):
        from_dict(data)


@given(
    threads(min_size=1, max_size=2),
    st.sampled_from([field.name for field in attrs.fields(Comment)]),
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just([]) | st.just({}),
)
def test_what_the_schema_refuses_the_reader_refuses(thread, name, value):
    data = json.loads(json.dumps(to_dict(thread)))
    data["comments"][0][name] = value
    if not VALIDATOR.is_valid(data):
        with pytest.raises(DecodeError):
            from_dict(data)


def test_the_schema_says_what_it_is_for():
    assert schema()["properties"]["schema"] == {"const": SCHEMA}
    assert schema()["required"] == ["schema"]
    assert list(schema()["properties"]) == [
        "schema",
        *(f.name for f in attrs.fields(Thread) if f.init),
    ]
