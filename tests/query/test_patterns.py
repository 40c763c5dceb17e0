"""Regular expressions from strangers: they find what `re` finds, and they cannot hang."""

import itertools
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import Comment, FieldError, LimitError, MissingExtraError, Thread
from discourse.query import _patterns, by, count, from_dict, matching, select, to_dict

pytest.importorskip("regex")

EVIL = [
    "(a+)+$",
    "(a|aa)+$",
    "(a|a)*$",
    "(.*a){20}$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "((a{1,1000}){1,1000}){1,1000}b",
    "(?:.*.*)*(?:x|y)",
    "(x+x+)+y",
    r"(a*)*\1b",
    "(?R)b|a",
]


def one(text):
    return Thread(None, [Comment("1", text=text)])


def holds(predicate, text):
    return predicate(one(text), "1")


PROGRAM = """
from discourse import Comment, LimitError, Thread
from discourse.query import _patterns, from_dict, select
texts = ["a" * 40, "a" * 40 + "!", "x" * 3000]
thread = Thread(None, [Comment(str(n), text=text) for n, text in enumerate(texts)])
for pattern in PATTERNS:
    try:
        found = select(thread, from_dict({"matching": {"text": pattern, "regex": True}}))
    except LimitError as error:
        print("refused:", error)
    else:
        print("found:", len(found))
"""


def asked(patterns, setting=""):
    """What a process of its own says: the engine may hold the interpreter while it searches."""
    program = PROGRAM.replace("PATTERNS:", f"{patterns!r}:").replace(
        "texts =", f"{setting}\ntexts ="
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def test_a_pattern_that_would_take_for_ever_ends():
    """The textbook one is answered; its worse kin are refused when their time is up."""
    assert asked(EVIL[:1], "_patterns._SECONDS = 3_600") == ["found: 1"]
    (refused,) = asked(EVIL[1:2], "_patterns._SECONDS = 0.01")
    assert refused.startswith("refused: a regular expression took more than 0.01 seconds: ")
    assert _patterns._SECONDS == 2


def test_all_patterns_that_would_take_for_ever_end():
    """With less time, since it is the same for each."""
    answers = asked(EVIL, "_patterns._SECONDS = 0.01")
    assert len(answers) == len(EVIL)
    assert all(re.match("found: [0-3]$|refused: a regular expression", line) for line in answers)


def test_many_texts_that_each_take_a_little_too_long_end_too(monkeypatch):
    """The budget is of all texts together, and not of each. Here, each takes 10 milliseconds."""
    seconds = itertools.count()
    monkeypatch.setattr(_patterns.time, "thread_time", lambda: next(seconds) / 100)
    thread = Thread(None, [Comment(str(n), text="x") for n in range(300)])
    with pytest.raises(LimitError, match="2 seconds"):
        count(thread, matching("x", regex=True))
    few = Thread(None, thread.comments[:150])
    for _ in range(2):  # each question has its own budget
        assert count(few, matching("x", regex=True)) == 150


simple = st.recursive(
    st.sampled_from(["a", "b", ".", r"\w", r"\b", r"\d", r"\s", "é", "[ab]", "[^a]", "^", "$"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map("(?:{0[0]}|{0[1]})".format),
        st.tuples(inner, st.sampled_from("*+?")).map("(?:{0[0]}){0[1]}".format),
    ),
    max_leaves=4,
)


@given(
    simple,
    st.text("abAÉé1 \n", max_size=6),
    st.sampled_from([0, re.IGNORECASE, re.MULTILINE, re.DOTALL, re.ASCII]),
)
def test_a_pattern_finds_what_re_finds(pattern, text, flags):
    """Letters of every script, word boundaries and flags as `re` has them."""
    compiled = re.compile(pattern, flags)
    own = matching(compiled)
    assert holds(own, text) == holds(from_dict(to_dict(own)), text) == bool(compiled.search(text))


def test_a_compiled_pattern_is_its_text_and_its_flags():
    assert matching(re.compile("a", re.IGNORECASE)) == matching("a", regex=True, ignore_case=True)
    pattern = matching(re.compile("a . b", re.VERBOSE | re.DOTALL | re.MULTILINE | re.ASCII))
    assert repr(pattern) == "matching('(?amsx)a . b', regex=True)"
    assert from_dict(to_dict(pattern)) == pattern
    assert holds(pattern, "a\nb")
    assert holds(matching(re.compile(r"\bécole\b")), "une école.")


@pytest.mark.parametrize(
    "pattern",
    ["(", "[", "*", "(?P<a>x", "(?P=no)", "\\", "a{2,1}", "(" * 400 + ")" * 400, "x" * 1_001],
)
def test_what_is_no_pattern_is_refused_when_it_is_written(pattern):
    with pytest.raises(FieldError, match="must"):
        matching(pattern, regex=True)


def test_without_its_extra_one_sentence_tells_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "regex", None)
    with pytest.raises(MissingExtraError, match=r"discourse-model\[regex\]"):
        matching("never compiled before", regex=True)
    assert holds(matching("plain"), "plain")


def test_the_engine_is_loaded_only_when_it_is_needed():
    program = (
        "import sys, discourse.query as q; q.matching('a'); assert 'regex' not in sys.modules;"
        "q.matching('a', regex=True); assert 'regex' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_texts_that_are_not_here_are_not_searched():
    thread = Thread(None, [Comment("1"), Comment("2", text="")])
    assert [c.id for c in select(thread, matching("", regex=True))] == ["2"]
    assert select(thread, by("x") & matching("", regex=True)) == ()
