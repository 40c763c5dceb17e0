"""What each field accepts and refuses, and what a refusal says."""

import datetime as dt
import enum
import pickle
from zoneinfo import ZoneInfo

import attrs
import pytest

from discourse import (
    Article,
    Author,
    Comment,
    DecodeError,
    FieldError,
    FieldTypeError,
    Meta,
    Source,
    Status,
    Stub,
    StubKind,
    TextFormat,
    Thread,
)
from discourse._meta import MAX_DEPTH
from discourse.json import loads
from discourse.model import EMPTY, id_text, parent_id

UTC = dt.UTC


def refusal(make):
    with pytest.raises(FieldError) as caught:
        make()
    return caught.value


# -- refusals --------------------------------------------------------------------------------------

STRINGS = "must be an iterable of strings, such as a list"
NUMBER = "must be a string (discourse.model.id_text gives the number's exact text)"
PARENT_NUMBER = "must be a string or None (discourse.model.parent_id converts numbers)"
TIME_OF_TEXT = (
    "must be a datetime or None"
    " (datetime.fromisoformat converts text, which needs a zone such as +00:00)"
)

REFUSED = [
    (Comment, "id", 7, TypeError, NUMBER),
    (Comment, "id", True, TypeError, NUMBER),
    (Comment, "id", None, TypeError, "must be a string"),
    (Comment, "id", b"a", TypeError, "must be a string"),
    (Comment, "id", "", ValueError, "must not be empty"),
    (Comment, "id", "\ud800", ValueError, "must be Unicode text without lone surrogates"),
    (Comment, "parent_id", 7, TypeError, PARENT_NUMBER),
    (Comment, "parent_id", "", ValueError, "must be None or a non-empty string"),
    (Comment, "parent_id", 1.5, TypeError, PARENT_NUMBER),
    (Comment, "author", "Ada", TypeError, "must be Author or None (such as Author('Ada'))"),
    (Comment, "text", 3, TypeError, "must be str or None"),
    (Comment, "text", "a\udc00", ValueError, "must be Unicode text without lone surrogates"),
    (Comment, "text_format", "rtf", ValueError, f"must be one of {', '.join(TextFormat)}"),
    (Comment, "text_format", None, ValueError, f"must be one of {', '.join(TextFormat)}"),
    (Comment, "title", ["a"], TypeError, "must be str or None"),
    (Comment, "created_at", "2024-01-01", TypeError, TIME_OF_TEXT),
    (Comment, "created_at", dt.date(2024, 1, 1), TypeError, "must be a datetime or None"),
    (Comment, "created_at", 0, TypeError, "must be a datetime or None"),
    (Comment, "is_edited", 1, TypeError, "must be True, False or None"),
    (Comment, "is_edited", "false", TypeError, "must be True, False or None"),
    (Comment, "status", "gone", ValueError, f"must be one of {', '.join(Status)}"),
    (Comment, "status", 1, ValueError, f"must be one of {', '.join(Status)}"),
    (Comment, "url", 1, TypeError, "must be str or None"),
    (Comment, "score", "3", TypeError, "must be int, float or None"),
    (Comment, "score", True, TypeError, "must be int, float or None"),
    (Comment, "score", float("nan"), ValueError, "must be finite"),
    (Comment, "score", float("-inf"), ValueError, "must be finite"),
    (Comment, "score", 2**63, ValueError, "must fit in 64 bits"),
    (Comment, "upvotes", 1.0, TypeError, "must be int or None"),
    (Comment, "upvotes", False, TypeError, "must be int or None"),
    (Comment, "downvotes", -(2**63) - 1, ValueError, "must fit in 64 bits"),
    (Comment, "reply_count", -1, ValueError, "must not be negative"),
    (Comment, "reply_count", 1.0, TypeError, "must be int or None"),
    (Comment, "language", 1, TypeError, "must be str or None"),
    (Comment, "tags", "pinned", TypeError, STRINGS),
    (Comment, "tags", b"pinned", TypeError, STRINGS),
    (Comment, "tags", {"pinned": True}, TypeError, STRINGS),
    (Comment, "tags", None, TypeError, STRINGS),
    (Comment, "tags", 0, TypeError, STRINGS),
    (Comment, "meta", None, TypeError, "must be a mapping of strings to JSON values"),
    (Comment, "meta", [], TypeError, "must be a mapping of strings to JSON values"),
    (Article, "title", 1, TypeError, "must be str or None"),
    (Article, "id", "", ValueError, "must be None or a non-empty string"),
    (Article, "authors", "Ada", TypeError, "must be an iterable of Author"),
    (Article, "captions", "a", TypeError, STRINGS),
    (Article, "comment_count", -1, ValueError, "must not be negative"),
    (Article, "edited_at", 1.5, TypeError, "must be a datetime or None"),
    (Author, "name", 1, TypeError, "must be str or None"),
    (Author, "id", 17, TypeError, NUMBER),
    (Author, "is_bot", 0, TypeError, "must be True, False or None"),
    (Source, "format", 1, TypeError, "must be str or None"),
    (Source, "retrieved_at", "now", TypeError, TIME_OF_TEXT),
    (Stub, "kind", "less", ValueError, f"must be one of {', '.join(StubKind)}"),
    (Stub, "ids", "abc", TypeError, STRINGS),
    (Stub, "count", -1, ValueError, "must not be negative"),
    (
        Thread,
        "article",
        "Bridge to close",
        TypeError,
        "must be Article or None (such as Article('Bridge to close'))",
    ),
    (Thread, "comments", "abc", TypeError, "must be an iterable of Comment"),
    (Thread, "comments", 5, TypeError, "must be an iterable of Comment"),
    (Thread, "stubs", Stub(), TypeError, "must be an iterable of Stub"),
    (Thread, "source", "json", TypeError, "must be Source or None (such as Source('json'))"),
    (Thread, "meta", "a", TypeError, "must be a mapping of strings to JSON values"),
]


@pytest.mark.parametrize(("cls", "field", "value", "kind", "reason"), REFUSED)
def test_a_refusal_names_class_field_value_and_reason(cls, field, value, kind, reason):
    given = {"id": "x"} if cls is Comment else {}
    error = refusal(lambda: cls(**{**given, field: value}))
    assert isinstance(error, kind)
    assert (error.cls, error.field, error.reason) == (cls.__name__, field, reason)
    assert error.value is value or error.value == value
    joint = ": " if reason.startswith("must not ") else ", not "
    assert str(error).startswith(f"{cls.__name__}.{field}: {reason}{joint}")
    assert str(error).isprintable()
    assert len(str(error)) < 300


@pytest.mark.parametrize(
    ("cls", "field", "value", "item", "kind", "reason"),
    [
        (Comment, "tags", ["a", 1], 1, TypeError, "must hold only strings"),
        (Comment, "tags", [""], "", ValueError, "must hold only non-empty Unicode text"),
        (
            Comment,
            "tags",
            ["\ud800"],
            "\ud800",
            ValueError,
            "must hold only non-empty Unicode text",
        ),
        (Comment, "tags", [["a"]], ["a"], TypeError, "must hold only strings"),
        (Stub, "ids", ("a", 5), 5, TypeError, "must hold only strings"),
        (Stub, "ids", [["a"]], ["a"], TypeError, "must hold only strings"),
        (Article, "captions", ["\ud800"], "\ud800", ValueError, "must be Unicode text without"),
        (Article, "authors", ["Ada"], "Ada", TypeError, "must hold only Author"),
        (Thread, "comments", [Comment("a"), {"id": "b"}], {"id": "b"}, TypeError, "must hold only"),
        (Thread, "stubs", [None], None, TypeError, "must hold only Stub"),
    ],
)
def test_a_refusal_of_one_item_names_the_item(cls, field, value, item, kind, reason):  # noqa: PLR0917
    given = {"id": "x"} if cls is Comment else {}
    error = refusal(lambda: cls(**{**given, field: value}))
    assert isinstance(error, kind)
    assert (error.cls, error.field, error.value) == (cls.__name__, field, item)
    assert error.reason.startswith(reason)


def test_a_time_without_a_zone_is_refused_with_what_to_do():
    error = refusal(lambda: Comment("a", created_at=dt.datetime(2024, 1, 1)))
    assert str(error) == (
        "Comment.created_at: must be an aware datetime (add its zone, such as"
        " tzinfo=datetime.UTC), not '2024-01-01T00:00:00'"
    )


def test_a_refusal_that_tells_the_value_does_not_tell_another_after_it():
    for make, told in (
        (lambda: Comment("1", meta={"a": object()}), "meta: a is an object: not a JSON value"),
        (lambda: Comment("1", meta={1: 2}), "meta: it has the key 1: keys must be strings"),
        (lambda: Comment("1", tags="x"), f"tags: {STRINGS}, not 'x'"),
        (lambda: Comment(""), "id: must not be empty: ''"),
    ):
        assert str(refusal(make)) == f"Comment.{told}"


def test_a_time_of_pandas_that_is_none_is_refused_with_what_to_do():
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    error = refusal(lambda: Comment("1", created_at=pandas.NaT))
    assert str(error).endswith("must be None if the time is unknown, not 'NaT'")


def test_a_refusal_is_short_and_safe_whatever_the_value_was():
    for value in ("\x1b[2J" * 10_000_000, b"\xff" * 10_000_000, [0] * 10_000_000, 10**100_000):
        error = refusal(lambda value=value: Comment("a", is_edited=value))
        assert len(str(error)) < 300
        assert str(error).isprintable()


def test_a_refusal_is_what_a_naive_caller_would_catch():
    assert issubclass(FieldError, ValueError)
    assert issubclass(FieldTypeError, TypeError)
    assert issubclass(FieldTypeError, FieldError)


# -- what is kept, and how -------------------------------------------------------------------------


def test_unknown_is_not_empty():
    assert Comment("a", text="") != Comment("a")
    assert Comment("a", score=0) != Comment("a")
    assert Comment("a", is_edited=False) != Comment("a")
    assert Comment("a", author=Author()) != Comment("a")


def test_words_stand_for_members_of_their_enum():
    assert Comment("a", status="deleted").status is Status.DELETED
    assert Comment("a", text_format="html").text_format is TextFormat.HTML
    assert Stub(kind="not-found").kind is StubKind.NOT_FOUND


def test_iterables_become_tuples_and_frozensets():
    assert Article(authors=[Author("Ada")], captions=iter(["a"])).authors == (Author("Ada"),)
    assert Article(captions=iter(["a", "b"])).captions == ("a", "b")
    assert Comment("a", tags=["x", "y", "x"]).tags == frozenset({"x", "y"})
    assert Stub(ids=(id for id in "ab")).ids == ("a", "b")


class Impostor(str):
    """A string that claims to equal everything."""

    __slots__ = ()

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0


class Nothing(str):
    """An empty string that claims to be something."""

    __slots__ = ()

    def __len__(self):
        return 1

    def __bool__(self):
        return True


def test_an_empty_id_is_refused_whatever_it_claims():
    assert refusal(lambda: Comment(Nothing())).reason == "must not be empty"
    assert refusal(lambda: Comment("a", Nothing())).reason == "must be None or a non-empty string"


class Word(enum.StrEnum):
    A = "a"


@pytest.mark.parametrize("value", [Impostor("a"), Word.A])
def test_strings_of_other_classes_become_plain_ones(value):
    comment = Comment(value, text=value, tags=[value], author=Author(value, id=value))
    stub = Stub(value, ids=[value], cursor=value)
    texts = [comment.id, comment.text, *comment.tags, comment.author.name, comment.author.id]
    texts += [stub.parent_id, *stub.ids, stub.cursor]
    assert {type(text) for text in texts} == {str}
    assert set(texts) == {"a"}


def test_a_shifting_zone_becomes_the_offset_of_that_moment():
    zone = ZoneInfo("America/New_York")
    first = dt.datetime(2024, 11, 3, 1, 30, tzinfo=zone)
    second = first.replace(fold=1)
    kept = [Comment("a", created_at=time).created_at for time in (first, second)]
    assert kept[1] - kept[0] == dt.timedelta(hours=1)
    assert [time.isoformat() for time in kept] == [
        "2024-11-03T01:30:00-04:00",
        "2024-11-03T01:30:00-05:00",
    ]
    assert all(time == time.astimezone(UTC) for time in kept)


def test_an_offset_with_seconds_becomes_utc():
    zone = dt.timezone(dt.timedelta(minutes=19, seconds=32))
    time = dt.datetime(1890, 1, 1, 0, 19, 32, tzinfo=zone)
    assert Comment("a", created_at=time).created_at.isoformat() == "1890-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    "time",
    [
        dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=5))),
        dt.datetime(9999, 12, 31, 23, tzinfo=dt.timezone(dt.timedelta(hours=-5))),
        dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(seconds=5))),
    ],
)
def test_a_time_that_utc_cannot_tell_is_refused(time):
    assert refusal(lambda: Comment("a", created_at=time)).field == "created_at"


def test_a_time_of_a_subclass_becomes_a_plain_one():
    class Stamp(dt.datetime):
        pass

    time = Comment("a", created_at=Stamp(2024, 1, 1, tzinfo=UTC)).created_at
    stamp = Comment("a", created_at=Stamp(2024, 1, 1, tzinfo=dt.timezone.utc)).created_at  # noqa: UP017
    assert time == stamp == dt.datetime(2024, 1, 1, tzinfo=UTC)


def test_a_comment_of_a_subclass_is_made_like_any_other_and_refused_by_a_thread():
    class Post(Comment):
        pass

    class Slim(Comment):
        __slots__ = ()

    for made in (Post("a", text="x"), Slim("a", text="x")):
        assert (type(made).__name__, made.text) in {("Post", "x"), ("Slim", "x")}
        with pytest.raises(FieldError, match="must hold only Comment"):
            Thread(None, [made])


def test_reprs_tell_what_is_known_and_cut_what_is_long():
    assert repr(Comment("a")) == "Comment(id='a')"
    assert repr(Comment("a", "b", Author("Ada"), "Hi", score=1)) == (
        "Comment(id='a', parent_id='b', author=Author(name='Ada'), text='Hi', score=1)"
    )
    assert repr(Comment("a", text="x" * 1_000_000)) == f"Comment(id='a', text='{'x' * 60}'...)"
    assert repr(Stub(ids=map(str, range(9)))) == "Stub(ids=<9 items>)"
    assert repr(Article()) == "Article()"


def test_slots_leave_no_room_for_a_dict():
    for value in (Comment("a"), Article(), Author(), Source(), Stub(), Thread()):
        assert not hasattr(value, "__dict__")
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            value.url = "x"


@pytest.mark.parametrize(
    "value",
    [
        *(Comment("a", text="x"), Comment("a", created_at=dt.datetime(2024, 1, 1, tzinfo=UTC))),
        *(Author("Ada"), Article("A"), Source("json"), Stub("a"), Thread(None, [Comment("a")])),
        *(Meta(), Meta({"a": 1}), EMPTY),
    ],
    ids=repr,
)
def test_a_value_that_is_made_cannot_be_made_again(value):
    before = pickle.dumps(value)
    with pytest.raises(AttributeError, match="returns a new one"):
        value.__init__("b")
    assert pickle.dumps(value) == before


def test_a_comment_that_is_made_cannot_be_made_again_whatever_its_fields():
    comment = Comment("a", status="deleted")
    for fields in ({}, {"text": "x"}, {"status": "spam"}, {"score": 1.5}):
        with pytest.raises(attrs.exceptions.FrozenInstanceError, match="returns a new one"):
            comment.__init__("b", **fields)
    assert comment == Comment("a", status="deleted")


# -- meta ------------------------------------------------------------------------------------------


def test_meta_is_frozen_all_the_way_down():
    inner = {"b": [1, {"c": 2}]}
    meta = Meta({"a": inner})
    inner["b"].append(3)
    assert meta["a"]["b"] == (1, Meta({"c": 2}))
    assert meta.to_dict() == {"a": {"b": [1, {"c": 2}]}}
    with pytest.raises(TypeError):
        meta["a"] = 1
    with pytest.raises(AttributeError):
        meta.a = 1


@pytest.mark.parametrize(
    ("value", "kind", "message"),
    [
        ({"a": {"b": [0, object()]}}, TypeError, "a.b[1] is an object: not a JSON value"),
        ({"a": {1: 2}}, TypeError, "a has the key 1: keys must be strings"),
        ({1: 2}, TypeError, "it has the key 1: keys must be strings"),
        ({"a": float("nan")}, ValueError, "a is nan: JSON has no such number"),
        ({"a": [float("inf")]}, ValueError, "a[0] is inf: JSON has no such number"),
        ({"a": {1, 2}}, TypeError, "a is a set: not a JSON value"),
        ({"a": b"b"}, TypeError, "a is b'b': not a JSON value"),
        ({"a": "\ud800"}, ValueError, "a has a lone surrogate: not Unicode text"),
        ({"\ud800": 1}, ValueError, "a key has a lone surrogate: not Unicode text"),
        ({"a": 10**5000}, ValueError, "a is an int of 16610 bits: too long to write as text"),
    ],
)
def test_meta_refuses_what_json_cannot_hold_and_says_where(value, kind, message):
    with pytest.raises(kind) as caught:
        Meta(value)
    assert str(caught.value) == message
    error = refusal(lambda: Comment("x", meta=value))
    assert (error.field, error.reason) == ("meta", message)


def test_meta_has_a_bound_on_its_depth():
    value = {}
    for _ in range(MAX_DEPTH - 1):
        value = {"a": value}
    hash(Meta(value))
    assert Meta(value) == Meta(value)
    with pytest.raises(ValueError, match=f"more than {MAX_DEPTH} levels"):
        Meta({"a": value})
    endless = {}
    endless["a"] = endless
    with pytest.raises(ValueError, match="levels"):
        Meta(endless)


def test_meta_compares_with_any_mapping_of_equal_json():
    assert Meta({"a": [1]}) == {"a": [1]} == Meta({"a": (1,)})
    assert Meta({"a": 1}) != {"a": True}
    assert Meta({"a": 1}) == Meta({"a": 1.0})
    assert Meta({"a": 1}) != [("a", 1)]
    assert Meta({"a": 1}) != {"a": object()}


def test_having_no_meta_costs_nothing():
    assert Comment("a").meta is Comment("b", meta={}).meta is Author().meta is EMPTY


# -- ids at the edge -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        *((18446744073709551617, "18446744073709551617"), (0, "0"), ("a", "a"), ("", None)),
        *((12.0, "12"), (float("nan"), None), (-3, "-3"), (" ", " "), (None, None)),
    ],
)
def test_raw_ids_become_exact_text(raw, text):
    assert id_text(raw) == text


@pytest.mark.parametrize("raw", [True, 1.5, 2.0**53, float("inf"), [], b"a"])
def test_what_cannot_be_an_id_is_refused(raw):
    with pytest.raises(ValueError, match="cannot be an id"):
        id_text(raw)


@pytest.mark.parametrize("raw", [0, "0", "None", "none", "null", "nan", -1, "-1", "root", "post"])
def test_what_means_no_parent_is_a_comment_that_is_known_by_that_name(raw):
    id = str(raw)
    assert parent_id(raw, id="me", article_id="post", known={id, "me"}) == id
    assert parent_id(raw, id="me", article_id="post", known=["other"]) is None
    assert parent_id(raw, id=id, known={id, "me"}) is None  # no comment answers itself


def test_an_empty_parent_is_none_whatever_is_known():
    for raw in (None, "", float("nan")):
        assert parent_id(raw, known={"", "nan", "None"}) is None


@pytest.mark.parametrize("raw", [None, 0, "", "0", "root", "None", "null", "NaN", "-1", -1, "me"])
def test_what_means_no_parent_is_none(raw):
    assert parent_id(raw, id="me", article_id="post") is None
    assert parent_id("post", id="me", article_id="post") is None
    assert parent_id("you", id="me", article_id="post") == "you"


@pytest.mark.parametrize("wrong", [object(), float("nan"), "\ud800", {1: 2}])
def test_what_is_wrong_deep_inside_is_found_in_linear_work(wrong, lines_run):
    """Trying the fast steps again at each level would take 2**32 of them for 64 levels."""

    def refused(levels):
        value = wrong
        for _ in range(levels // 2):
            value = {"a": [value]}
        with pytest.raises((TypeError, ValueError)):
            Meta(value)

    once, twice = (lines_run(refused, levels) for levels in (14, 28))
    assert twice < 3 * once
    refused(60)
    refused(1_000)


@pytest.mark.parametrize("levels", [64, 100])
def test_a_document_with_deep_meta_is_refused(levels):
    deep = '{"a":[' * (levels // 2) + "1" + "]}" * (levels // 2)
    with pytest.raises(DecodeError, match="64 levels"):
        loads(f'{{"schema":"discourse/thread/1","meta":{{"a":{deep}}}}}')


class Zone(dt.tzinfo):
    """A zone of somebody's own."""

    def __init__(self, offset):
        self.offset = offset

    def utcoffset(self, _):
        if isinstance(self.offset, Exception):
            raise self.offset
        return self.offset


@pytest.mark.parametrize("offset", [None, RuntimeError("no table")])
def test_a_zone_that_gives_no_offset_is_refused(offset):
    with pytest.raises(FieldError, match=r"Comment\.created_at"):
        Comment("1", created_at=dt.datetime(2024, 1, 1, tzinfo=Zone(offset)))


def test_a_time_that_is_in_the_form_of_the_model_is_kept_as_it_is():
    time = dt.datetime(2024, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    assert Comment("1", created_at=time).created_at is time
    assert attrs.evolve(Comment("1"), created_at=time).created_at is time


def test_comments_in_the_place_of_the_article_are_refused_with_the_order():
    with pytest.raises(FieldError, match="the article comes first"):
        Thread([Comment("1")])
    with pytest.raises(FieldError, match="must be Article or None, not 3"):
        Thread(3)


def test_labels_are_plain_strings():
    class Label(str):
        __slots__ = ()

    (label,) = Comment("1", tags=frozenset([Label("pinned")])).tags
    assert type(label) is str
