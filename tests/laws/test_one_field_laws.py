"""A field is declared once, in its class: whatever handles fields follows."""

import datetime as dt
import inspect
import os
import shutil
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse
from discourse import Article, Author, Comment, FieldError, Meta, Status, TextFormat
from discourse.model import _checks
from discourse.strategies import times

SCRIPT = Path(__file__).parents[2] / "docs" / "_json_schema.py"
FAST = [Comment, Author]

#: New fields: the type, how it is declared, and two values in the words of Python.
NEW = {
    "new_text": ("str | None", "default=None, validator=check.text", "'a', 'b'"),
    "new_flag": ("bool | None", "default=None, validator=check.flag", "True, False"),
    "new_number": ("int | float | None", "default=None, validator=check.number", "0.5, -3"),
    "new_whole": ("int | None", "default=None, validator=check.whole", "-7, 8"),
    "new_time": (
        "dt.datetime | None",
        "default=None, converter=check.to_time, validator=check.time",
        "dt.datetime(2024, 1, 2, tzinfo=dt.UTC), dt.datetime(2024, 1, 2, tzinfo=EAST)",
    ),
    "new_labels": (
        "frozenset[str]",
        "default=frozenset(), converter=check.to_labels, validator=check.labels",
        "frozenset({'a'}), frozenset({'b', 'c'})",
    ),
}

#: Where the new fields go: among fields of the same type, so that a shift by one place shows.
PLACES = {
    Comment: ("_comment.py", "upvotes"),
    Author: ("_parts.py", "avatar_url"),
    Article: ("_article.py", "score"),
}

ROUND_TRIPS = """
import datetime as dt
import runpy
from hypothesis import find
from discourse import Article, Author, Comment, Thread, dumps, loads, strategies, tables
from discourse.json import from_dict, to_dict
from discourse.json._documents import _read_fast

EAST = dt.timezone(dt.timedelta(hours=2))

def thread(**fields):
    author, article, comment = (fields if cls is CLS else {} for cls in (Author, Article, Comment))
    ada = Author("Ada", url="u", avatar_url="a", bio="b", **author)
    one = Comment("1", author=ada, score=1, upvotes=2, downvotes=3, **comment)
    return Thread(Article("A", site="s", language="en", score=4, **article), [one])

def values(thread):
    (one,) = thread.comments
    return {Author: one.author, Article: thread.article, Comment: one}[CLS]

for name, pair in NEW.items():
    for value in pair:
        made = thread(**{name: value})
        others = [other for other in NEW if other != name]
        assert getattr(values(made), name) == value
        assert not any(getattr(values(made), other) for other in others)
        text = dumps(made)
        back = [loads(text), _read_fast(text), from_dict(to_dict(made))]
        back += [tables.from_rows(tables.to_rows(made), head=made)]
        assert back == [made] * len(back)
        assert {type(getattr(values(each), name)) for each in back} == {type(value)}
    assert thread(**{name: pair[0]}) != thread(**{name: pair[1]})
    drawn = {Author: strategies.authors, Article: strategies.articles, Comment: strategies.comments}
    find(drawn[CLS](), lambda value: getattr(value, name) not in (None, frozenset()))
    assert f'"{name}": {{' in runpy.run_path(SCRIPT)["generate"]()
"""


@pytest.mark.parametrize("cls", PLACES)
def test_a_new_field_needs_no_edit_but_its_declaration(cls, tmp_path):
    shutil.copytree(Path(discourse.__file__).parent, tmp_path / "discourse")
    name, before = PLACES[cls]
    module = tmp_path / "discourse" / "model" / name
    text = module.read_text(encoding="utf-8")
    lines = "".join(
        f'    {field}: {kind} = attrs.field({how}, kw_only=True)\n    """A new field."""\n'
        for field, (kind, how, _) in NEW.items()
    )
    changed = text.replace(f"    {before}: ", f"{lines}    {before}: ", 1)
    assert changed != text
    module.write_text(changed, encoding="utf-8")
    pairs = ", ".join(f"{field!r}: ({values})" for field, (_, _, values) in NEW.items())
    script = ROUND_TRIPS.replace(
        "def thread",
        f"CLS, SCRIPT = {cls.__name__}, {str(SCRIPT)!r}\nNEW = {{{pairs}}}\ndef thread",
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


# -- the constructor that is made from the fields --------------------------------------------------


def checked_init(cls):
    """Return the constructor of attrs, which has every check."""
    return cls.__init__.__globals__.get("_checked", cls.__init__)  # without a global lock, its own


@pytest.mark.parametrize("cls", FAST)
def test_the_signature_is_the_one_of_attrs(cls):
    assert inspect.signature(cls.__init__) == inspect.signature(checked_init(cls))
    assert cls.__init__.__annotations__ == checked_init(cls).__annotations__
    assert cls.__init__.__qualname__ == f"{cls.__name__}.__init__"


@pytest.mark.parametrize("cls", FAST)
def test_a_debugger_finds_the_source_of_the_constructor(cls):
    source = inspect.getsource(cls.__init__)
    for field in attrs.fields(cls):
        assert f"{field.name}=" in source
    assert len(source.splitlines()) > len(attrs.fields(cls))


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([2**63, 2**63 - 1, -(2**63), -(2**63) - 1]),
    st.floats(),
    st.text(max_size=3) | st.sampled_from(["\ud800", "é", "visible", "html"]),
    st.datetimes() | times() | times(max_value=dt.datetime(1, 1, 4)),
    st.sampled_from(Status) | st.sampled_from(TextFormat),
    st.frozensets(st.text(max_size=2) | st.just("\ud800") | st.integers(), max_size=2),
    st.sampled_from([(), [], {}, Meta({"a": 1}), Author("Ada"), Comment("1"), b"a", {"a": 1}]),
)


@pytest.mark.parametrize(
    ("cls", "name"), [(cls, field.name) for cls in FAST for field in attrs.fields(cls)]
)
@given(value=ANYTHING)
def test_what_is_plainly_right_is_what_the_checks_leave_as_it_is(cls, name, value):
    field = getattr(attrs.fields(cls), name)
    test, names = _checks.plain_test(field)
    if eval(test.format("value"), {**names, "value": value}):
        assert field.converter is None or field.converter(value) is value
        field.validator(object.__new__(cls), field, value)


def outcome(make):
    """Return what a constructor makes, or how it refuses."""
    try:
        made = make()
    except FieldError as error:
        return type(error), str(error)
    return made, repr(made)


@pytest.mark.parametrize("cls", FAST)
@given(data=st.data())
def test_both_constructors_make_and_refuse_the_same(cls, data):
    chosen = data.draw(st.lists(st.sampled_from(attrs.fields(cls)), max_size=4, unique=True))
    arguments = {"id": "1"} | {field.name: data.draw(ANYTHING) for field in chosen}

    def by_attrs():
        made = object.__new__(cls)
        checked_init(cls)(made, **arguments)
        return made

    assert outcome(lambda: cls(**arguments)) == outcome(by_attrs)
