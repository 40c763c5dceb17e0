"""Predicates in words: `from_words` and `to_words`."""

import datetime as dt
import pickle
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse import Author, Comment, FieldError, FieldTypeError, LimitError, ParseError, Thread
from discourse.query import (
    _patterns,
    _question,
    _single,
    by,
    depth,
    from_dict,
    from_words,
    has_replies,
    length,
    matching,
    mentioning,
    score,
    select,
    since,
    status,
    tagged,
    to_dict,
    to_words,
    unanswered,
    under,
    until,
    where,
)
from discourse.query._arguments import flag_kind, text_kind
from discourse.query._single import SINGLES

sys.path.insert(0, str(Path(__file__).parent))
from _predicates import predicates

MAY = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)
a, b, c = by("a"), by("b"), by("c")
texts = st.text(max_size=8) | st.sampled_from(
    [
        "and",
        "Unknown",
        "id",
        "regex",
        "id.x",
        "Name@b",
        "bare/",
        "it's",
        '"',
        "\\",
        "a b",
        "/",
        "1..2",
        "a,b",
        "x)",
        "\u202e",
        "-",
        "=x",
        "!=x",
        ":x",
        "id=x",
    ]
)
patterns = st.text(alphabet="a/\\bd.\n\"' i", max_size=6)


def _regex(pattern):
    try:
        return matching(pattern, regex=True)
    except FieldError:
        return a


#: What no sentence of `_predicates` has: texts of all sorts, regular expressions, odd numbers.
more = st.one_of(
    texts.map(by),
    texts.filter(bool).map(lambda text: by(Author(id=text))),
    texts.map(lambda text: by(Author(text))),
    texts.filter(str.strip).map(mentioning),
    texts.filter(str.strip).map(lambda text: mentioning(text, bare=True)),
    st.builds(matching, texts, ignore_case=st.booleans()),
    patterns.map(_regex),
    texts.filter(bool).map(under),
    st.lists(texts, min_size=1, max_size=3).map(lambda several: tagged(*several)),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda number: score(min=number)),
    st.integers(-(10**30), 10**30).map(lambda number: score(max=number)),
    st.datetimes(timezones=st.sampled_from([dt.UTC, dt.timezone(-dt.timedelta(hours=3))])).map(
        since
    ),
    st.datetimes(timezones=st.just(dt.UTC)).map(until),
)


# -- laws ------------------------------------------------------------------------------------------


@given(
    predicates | more | st.builds(lambda one, two, both: one & ~two | both, more, more, predicates)
)
@example(by("unknown") & by(None) & ~~by(Author("Unknown")))
@example(
    matching(r"\/", regex=True) | matching("/", regex=True) & matching("a\\", ignore_case=True)
)
@example(score(min=1, max=1.0))
@example((a & b) & c | (a & (b & c) | (a | b | (a | c))))
def test_what_is_said_in_words_and_read_again_is_equal(predicate):
    words = to_words(predicate)
    assert words.isprintable()
    assert from_words(words) == predicate
    assert to_words(from_words(words)) == words


@given(predicates)
def test_case_of_the_words_and_white_space_between_them_do_not_matter(predicate):
    words = to_words(predicate).replace(" and ", "\n AND\t").replace("not ", "NOT  ")
    if '"' not in words:
        assert from_words(f"  {words} ") == predicate


pieces = st.sampled_from(
    ["by ", "and ", "or ", "not ", "(", ")", "depth ", "1", "..", '"', "/", "\\", "x", " "]
)


@given(
    st.lists(pieces, max_size=12).map("".join) | st.text(st.characters(codec="utf-8"), max_size=20)
)
def test_any_text_is_a_predicate_or_an_error_with_its_place(text):
    predicate = problem = None
    try:
        predicate = from_words(text)
    except ParseError as error:
        problem = error
    if problem is None:
        assert from_words(to_words(predicate)) == predicate
    else:
        assert 0 <= problem.place.offset <= len(text)
        assert str(problem).isprintable()


# -- each phrase -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "predicate"),
    [
        ("by Ann", by("Ann")),
        ('by Ann, "Bo, jr.", id u1, unknown', by("Ann", "Bo, jr.", Author(id="u1"), None)),
        ("not by Ann, Bo and depth 2", ~by("Ann", "Bo") & depth(min=2, max=2)),
        ("by O'Brien", by("O'Brien")),
        ("by 'Ann Lee'", by("Ann Lee")),
        (r'by "a\"b\\c\u00e9\U0001f600"', by('a"b\\cé😀')),
        ("by id u1", by(Author(id="u1"))),
        ("by name Ann", by(Author("Ann"))),
        ('by "id"', by("id")),
        ('by id"u1"', by(Author(id="u1"))),
        ("by id.x", by("id.x")),
        ('by "=x"', by("=x")),
        ("matching '!= 2'", matching("!= 2")),
        ('by "id=x"', by("id=x")),
        ("by a=b", by("a=b")),
        ("matching :D", matching(":D")),
        ("by name@b.example", by("name@b.example")),
        ("by unknown/ann", by("unknown/ann")),
        ("mentioning bare+ann", mentioning("bare+ann")),
        ("matching regex:cat", matching("regex:cat")),
        ("by unknown", by(None)),
        ("mentioning Ann", mentioning("Ann")),
        ("mentioning bare Ann", mentioning("Ann", bare=True)),
        ("matching cat", matching("cat")),
        ('matching "big cat" ignoring case', matching("big cat", ignore_case=True)),
        ("matching cat ignoring-case", matching("cat", ignore_case=True)),
        (r"matching /a\/b \d/i", matching(r"a/b \d", regex=True, ignore_case=True)),
        ("matching regex 'a.b' ignoring_case", matching("a.b", regex=True, ignore_case=True)),
        ("length 5..10", length(min=5, max=10)),
        ("length 5.. characters", length(min=5)),
        ("length ..7 words", length(max=7, unit="words")),
        ("length ..", length()),
        ("since 2024-05-01", since(MAY)),
        ("since 2024-05", since(MAY)),
        ("until 2024", until(MAY.replace(month=1))),
        ("until 2024-05-01T02:00+02:00", until(MAY)),
        ("until '2024-05-01 00:00:00.0Z'", until(MAY)),
        ("depth 2", depth(min=2, max=2)),
        ("depth 2 .. 4", depth(min=2, max=4)),
        ("depth>=2", depth(min=2)),
        ("depth <= 2", depth(max=2)),
        ("score -1..2.5", score(min=-1, max=2.5)),
        ("score ..-1e3", score(max=-1000.0)),
        ("status deleted, removed", status("deleted", "removed")),
        ("status Missing", status("missing")),
        ('tagged pinned,"by author"', tagged("pinned", "by author")),
        ("under 17", under("17")),
        ("has-replies", has_replies()),
        ("has replies", has_replies()),
        ("has_replies", has_replies()),
        ("unanswered", unanswered()),
    ],
)
def test_each_predicate_has_its_phrase(words, predicate):
    assert from_words(words) == predicate


@pytest.mark.parametrize(
    ("words", "predicate"),
    [
        ("by a and by b or by c", a & b | c),
        ("by a or by b and by c", a | b & c),
        ("not by a and by b", ~a & b),
        ("not (by a and by b)", ~(a & b)),
        ("not not by a", ~~a),
        ("by a and (by b and by c)", a & (b & c)),
        ("(by a and by b) and by c", a & b & c),
        ("((by a))or(not(by b))", a | ~b),
        ("NOT by a AND by b", ~a & b),
    ],
)
def test_words_bind_as_in_python(words, predicate):
    assert from_words(words) == predicate


@pytest.mark.parametrize("declared", SINGLES.values(), ids=SINGLES)
def test_the_examples_of_a_predicate_are_phrases_of_it(declared):
    """The reference is made of them."""
    assert bool(declared.examples) == (declared.word != "where")
    for phrase in declared.examples:
        if "/" in phrase or "regex" in phrase:
            pytest.importorskip("regex")
        predicate = from_words(phrase)
        assert type(predicate) is declared
        assert from_words(to_words(predicate)) == from_dict(to_dict(predicate)) == predicate


def test_all_forms_of_a_predicate_follow_from_its_declaration(monkeypatch):
    monkeypatch.setattr(_question, "_phrases", _question._phrases.__wrapped__)
    monkeypatch.setitem(SINGLES, "language", None)  # so that it is taken out again

    @_single.predicate(name=text_kind("a language"), bare=flag_kind("alone"))
    def language(name, *, bare=False):
        """Hold for comments in a language."""
        return lambda _, at, positions: [n for n in positions if at[n].language == name]

    german = language("de", bare=True) & ~language("en")
    assert repr(german) == "language('de', bare=True) & ~language('en')"
    assert to_words(german) == "language de alone and not language en"
    assert from_words(to_words(german)) == from_dict(to_dict(german)) == german
    assert pickle.loads(pickle.dumps(german)) == german
    thread = Thread(None, [Comment("1", language="de"), Comment("2", language="en")])
    assert [comment.id for comment in select(thread, german)] == ["1"]
    with pytest.raises(FieldTypeError, match=r"language\(name\)"):
        language(1)


# -- what cannot be read ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "column", "message"),
    [
        ("", 1, "expected by, depth, has-replies"),
        ("  ", 3, "not the end"),
        ("author Ann", 1, "not 'author'"),
        ("by", 3, "expected a name"),
        ("by and depth 2", 4, "unless in quotes"),
        ("by Ann Lee", 8, "expected and, or or the end, not 'Lee'"),
        ("under 1, 2", 8, "expected and, or or the end, not ','"),
        ("by 'Ann", 4, "a ' is missing"),
        ('by "a\\', 6, "backslash"),
        (r'by "\d"', 5, "unknown escape"),
        (r'by "\U00110000"', 5, "unknown escape"),
        (r'by "\ud800"', 4, "without lone surrogates"),
        ("matching /a", 10, "a / is missing"),
        ("matching /a/x", 13, "expected i, white space or the end"),
        ("depth two", 7, "expected a whole number or a range"),
        ("depth 1.5", 7, "expected a whole number"),
        ("depth 4..2", 7, "must not be above max"),
        ("depth 2..4x", 7, "expected a whole number"),
        (f"depth {'9' * 500}", 7, "expected a whole number"),
        ("score 1e999", 7, "must be finite"),
        ("since yesterday", 7, "expected a day"),
        ("since 2024-13", 7, "is not a valid date and time"),
        ("since 2024-05-01T08:00", 7, "expected a zone"),
        ("status gone", 8, "must be one of visible"),
        ("tagged a,", 10, "expected a tag"),
        ("by a or", 8, "not the end"),
        ("by a (by b)", 6, "expected and, or or the end, not '('"),
        ("(by a", 1, "never closed"),
        ("by a)", 5, "never opened"),
        ("()", 2, "not ')'"),
        ("not " * 101 + "by a", 405, "must nest at most 100 deep"),
        ('mentioning ""', 12, "must not be empty"),
        ("by a and\n by", 4, "expected a name"),
    ],
)
def test_an_error_tells_its_place_and_what_was_expected(words, column, message):
    with pytest.raises(ParseError) as caught:
        from_words(words)
    assert message in str(caught.value)
    assert caught.value.place.column == column


@pytest.mark.parametrize(
    ("words", "column", "message"),
    [
        ("by=Ann", 3, "by takes no '=': write 'by Ann', and put a value that begins with ="),
        ("by: Ann", 3, "by takes no ':': write 'by Ann', and"),
        ("by:Ann", 3, "by takes no ':': write 'by Ann', and"),
        ("by = Ann", 4, "by takes no '=': write 'by Ann', and"),
        ("BY == 'Ann Lee'", 4, "by takes no '==': write \"by 'Ann Lee'\", and"),
        ("by!=Ann", 3, "by takes no '!=': write 'not by Ann', and"),
        ("by id=u1", 6, "by id takes no '=': write 'by id u1', and"),
        (
            "mentioning bare = Ann",
            17,
            "mentioning bare takes no '=': write 'mentioning bare Ann', and",
        ),
        ("matching=/a b/i", 9, "matching takes no '=': write 'matching /a b/i', and"),
        ("by unknown=yes", 11, "by unknown takes no '=': write 'by unknown' or 'not by unknown' ("),
        ("by=", 3, "by takes no '=': write a space after by, and"),
        ("under=17", 6, "under takes no '=': write 'under 17', and"),
        ("depth=2", 6, "depth takes no '=': write 'depth 2' ("),
        ("length: 2..", 7, "length takes no ':': write 'length 2..' ("),
        ("score != -1", 7, "score takes no '!=': write 'not score -1' ("),
        ("score=>2", 6, "expected a number or a range, such as"),
        ("since=2024", 6, "since takes no '=': write 'since 2024' ("),
        ("status=deleted", 7, "status takes no '=': write 'status deleted' ("),
        (
            "has replies=no",
            12,
            "has-replies takes no '=': write 'has-replies' or 'not has-replies' (",
        ),
        (
            "unanswered: yes",
            11,
            "unanswered takes no ':': write 'unanswered' or 'not unanswered' (",
        ),
    ],
)
def test_a_sign_between_a_word_and_its_value_is_refused_with_what_to_write(words, column, message):
    with pytest.raises(ParseError) as caught:
        from_words(words)
    assert message in str(caught.value)
    assert caught.value.place.column == column


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("since 2016-07-01 10:00", "2016-07-01T10:00Z"),
        ("by a or until 2016-07-01 9:30 and by b", "2016-07-01T09:30Z"),
        ("(since 2016-07-01 10:00:05.5 +02:00)", "2016-07-01T10:00:05.5+02:00"),
    ],
)
def test_a_time_of_day_that_stands_apart_from_its_day_is_told_how_to_be_written(words, instead):
    with pytest.raises(ParseError) as caught:
        from_words(words)
    assert caught.value.message == f"a time is one word, with its zone: write {instead}"
    assert words[caught.value.place.offset].isdigit()
    assert to_words(from_words(f"since {instead}")).startswith("since 2016-07-01T")


def test_an_error_in_several_lines_tells_the_line():
    with pytest.raises(ParseError) as caught:
        from_words("by a and\n by")
    assert caught.value.place.line == 2


@pytest.mark.parametrize("text", [b"by a", None, 1])
def test_only_text_is_read(text):
    with pytest.raises(FieldTypeError):
        from_words(text)


def test_a_regular_expression_that_is_none_is_an_error_with_its_place():
    pytest.importorskip("regex")
    with pytest.raises(ParseError, match="must be a regular expression") as caught:
        from_words("by a or matching /(/")
    assert caught.value.place.column == 18


def test_a_regular_expression_in_words_cannot_hang(monkeypatch):
    pytest.importorskip("regex")
    monkeypatch.setattr(_patterns, "_SECONDS", 0.01)
    thread = Thread(None, [Comment("1", text="a" * 50 + "!")])
    with pytest.raises(LimitError):
        select(thread, from_words("matching /^(a|aa|a*)+$/"))


@pytest.mark.parametrize(
    "predicate",
    [where(len), by(str), a & ~where(len), score(min=10**400), "by a", depth(max=10**400)],
)
def test_what_no_words_can_say_is_refused(predicate):
    with pytest.raises(FieldError):
        to_words(predicate)


# -- large ones ------------------------------------------------------------------------------------


def test_brackets_and_long_rows_need_no_stack(many):
    deep = "(" * many + "by a" + ")" * many
    assert from_words(deep) == a
    long = from_words(" and ".join(["by a"] * (many // 5)))
    assert len(long.parts) == many // 5
    with pytest.raises(ParseError, match="never closed"):
        from_words("(" * many + "by a")
