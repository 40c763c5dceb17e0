"""Cases of single predicates: what each means at its edges, and what it refuses."""

import datetime as dt
import enum
import functools
import json
import operator
import pickle
import re
import sys

import attrs
import pytest

from discourse import (
    Author,
    Comment,
    DecodeError,
    DiscourseError,
    FieldError,
    FieldTypeError,
    MissingExtraError,
    Status,
    Stub,
    Thread,
    UnknownCommentError,
)
from discourse.query import (
    Predicate,
    by,
    count,
    depth,
    first,
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

NOON = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


def one(**fields):
    return Thread(None, [Comment("1", **fields)])


def holds(predicate, **fields):
    return predicate(one(**fields), "1")


# -- as they are written -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("predicate", "written"),
    [
        (by("Ada") & ~tagged("pinned"), "by('Ada') & ~tagged('pinned')"),
        ((by("a") | by("b")) & by("c"), "(by('a') | by('b')) & by('c')"),
        (by("a") & (by("b") & by("c")), "by('a') & (by('b') & by('c'))"),
        (by("a") & by("b") & by("c"), "by('a') & by('b') & by('c')"),
        (by("a") | by("b") & by("c"), "by('a') | by('b') & by('c')"),
        (by("a") | (by("b") | by("c")), "by('a') | (by('b') | by('c'))"),
        (~(by("a") | by("b")), "~(by('a') | by('b'))"),
        (~~by(None), "~~by(None)"),
        (by(Author("Ada")), "by(Author('Ada'))"),
        (by(Author("Ada", id="u1", bio="x" * 99)), "by(Author(id='u1'))"),
        (depth(min=1), "depth(min=1)"),
        (score(min=0.5, max=3), "score(min=0.5, max=3)"),
        (length(max=5, unit="words"), "length(max=5, unit='words')"),
        (length(unit="characters"), "length()"),
        (status(Status.DELETED, "spam"), "status('deleted', 'spam')"),
        (has_replies() & unanswered(), "has_replies() & unanswered()"),
        (under(Comment("x")), "under('x')"),
        (matching("a", ignore_case=True), "matching('a', ignore_case=True)"),
        (mentioning("Ada", bare=True), "mentioning('Ada', bare=True)"),
        (
            since(NOON),
            "since(datetime.datetime(2024, 5, 1, 12, 0, tzinfo=datetime.timezone.utc))",
        ),
        (where(callable), "where(callable)"),
        (by("\x1b[2J\u202e"), "by('\\x1b[2J\\u202e')"),
    ],
)
def test_a_predicate_prints_as_it_was_written(predicate, written):
    assert repr(predicate) == written


def test_python_s_own_and_or_not_are_refused():
    for careless in (
        lambda: by("a") and by("b"),
        lambda: by("a") or by("b"),
        lambda: not by("a"),
        lambda: [c for c in one() if by("a")],
    ):
        with pytest.raises(FieldTypeError, match=r"&, \| and ~"):
            careless()


def test_a_predicate_joins_predicates_only():
    for other in (True, "x", len, None):
        with pytest.raises(TypeError):
            by("a") & other
        with pytest.raises(TypeError):
            other | by("a")


def test_a_predicate_is_frozen_and_can_be_a_key():
    names = {by("a") & by("b"): 1}
    assert names[by("a") & by("b")] == 1
    with pytest.raises(AttributeError):
        by("a").author = "b"
    assert by("a") != by("b") and by("a") != tagged("a")
    assert isinstance(by("a") | by("b"), Predicate)


def test_predicates_nest_so_deep_and_no_deeper():
    """At the bound everything works; beyond it nothing is made, not even from JSON."""
    deep, other = by("a"), by("b")
    for _ in range(50):
        deep = ~(other & deep)
    assert eval(repr(deep)) == deep and hash(deep) == hash(eval(repr(deep)))
    assert pickle.loads(pickle.dumps(deep)) == deep
    plain = to_dict(deep)
    assert from_dict(json.loads(json.dumps(plain))) == deep
    assert isinstance(deep(one(), "1"), bool)
    with pytest.raises(FieldError, match="at most 100 deep"):
        _ = ~deep
    for bottomless in (
        {"not": plain},
        functools.reduce(lambda d, _: {"not": d}, range(10**5), plain),
    ):
        with pytest.raises(DecodeError, match="more than 100 deep"):
            from_dict(bottomless)


def test_long_rows_do_not_nest():
    many = functools.reduce(operator.or_, [by(str(n)) for n in range(2_000)])
    assert from_dict(to_dict(many)) == many and eval(repr(many)) == many
    assert holds(many, author=Author("1999"))


def test_a_row_put_together_by_hand_looks_once_at_each_part(monkeypatch):
    """Else 10,000 parts would cost fifty million looks."""
    looks = []
    monkeypatch.setattr(type(by("a")), "levels", lambda part: looks.append(part) or 0)
    for join in (operator.and_, operator.or_):
        row = functools.reduce(join, [by(str(n)) for n in range(500)])
        assert from_dict(to_dict(row)) == row and from_words(to_words(row)) == row
    assert len(looks) < 6 * 500 + 10


@pytest.mark.parametrize("join", [operator.and_, operator.or_])
def test_a_row_nests_as_deep_as_its_deepest_part(join):
    deep = by("a")
    for _ in range(99):
        deep = ~deep
    for row in (join(join(by("a"), by("b")), deep), join(join(deep, by("a")), by("b"))):
        assert row == from_dict(to_dict(row)) == pickle.loads(pickle.dumps(row))
        with pytest.raises(FieldError, match="at most 100 deep"):
            _ = ~row
    with pytest.raises(FieldError, match="at most 100 deep"):
        join(join(by("a"), by("b")), ~deep)


@pytest.mark.parametrize("join", [operator.and_, operator.or_])
def test_a_row_with_other_parts_is_counted_anew(join):
    row, deep = join(join(by("a"), by("b")), by("c")), by("d")
    for _ in range(99):
        deep = ~deep
    with pytest.raises(FieldError, match="at most 100 deep"):
        _ = ~attrs.evolve(row, parts=(deep, by("e")))
    assert attrs.evolve(row, parts=(by("a"), by("b"))) == join(by("a"), by("b"))


# -- people ----------------------------------------------------------------------------------------


def test_an_author_is_known_by_the_key():
    ada = Author("Ada", id="u1")
    assert holds(by(ada), author=Author("Ada L.", id="u1", bio="changed"))
    assert not holds(by(ada), author=Author("Ada"))
    assert holds(by(Author("Ada")), author=Author("Ada", display_name="other"))
    assert holds(by(Author("u1")), author=ada)  # one key, one person


def test_a_name_is_a_name_a_display_name_or_an_id_exactly():
    ada = Author("ada", id="7", display_name="Ada L.")
    assert all(holds(by(name), author=ada) for name in ("ada", "7", "Ada L."))
    assert not any(holds(by(name), author=ada) for name in ("Ada", "ada ", "", "None"))


def test_the_unknown_author_is_nobody():
    for author in (None, Author(), Author(display_name="Ada")):
        assert holds(by(None), author=author)
    assert holds(~by("Ada"), author=None)
    assert not holds(by(lambda author: True), author=None)
    assert not holds(by(None), status="missing", author=Author("Ada"))
    with pytest.raises(FieldError, match="None matches unknown authors"):
        by(Author(display_name="Ada"))


def test_a_function_is_asked_of_known_authors():
    assert holds(by(lambda author: author.is_bot), author=Author("x", is_bot=True))
    assert not holds(by(lambda author: author.is_bot), author=Author("x"))


@pytest.mark.parametrize(
    ("text", "at_sign", "bare"),
    [
        ("@Ada, no", True, True),
        ("well @ada: no", True, True),
        ("(@ADA)", True, True),
        ("u/ada said", True, True),
        ("/u/Ada", True, True),
        ("@ada@example.org", True, True),
        ("Ada, no", False, True),
        ("@Adam", False, False),
        ("bob@ada.example", False, True),
        ("@ada_b", False, False),
        ("@Adaë", False, False),
        ("@Adam and @Ada", True, True),
        ("menu/ada", False, True),
        ("", False, False),
        (None, False, False),
    ],
)
def test_a_mention_is_the_whole_name_after_its_sign(text, at_sign, bare):
    assert holds(mentioning("Ada"), text=text) is at_sign
    assert holds(mentioning("Ada", bare=True), text=text) is bare


# -- times and numbers -------------------------------------------------------------------------------


def test_since_and_until_are_a_half_open_interval():
    before, later = NOON - dt.timedelta(microseconds=1), NOON + dt.timedelta(hours=1)
    hour = since(NOON) & until(later)
    assert [holds(hour, created_at=time) for time in (before, NOON, later)] == [False, True, False]
    next_hour = since(later) & until(later + dt.timedelta(hours=1))
    assert holds(next_hour, created_at=later)
    assert not holds(since(NOON) | until(NOON), created_at=None)


def test_times_compare_as_moments_in_whatever_zone():
    berlin = NOON.astimezone(dt.timezone(dt.timedelta(hours=2)))
    assert since(berlin) == since(NOON) and holds(since(berlin), created_at=NOON)


def test_a_time_without_a_zone_is_told_what_to_write():
    for make in (since, until):
        word = make.__name__
        for time in (dt.datetime(2024, 5, 1, 8), "2024-05-01T08:00", "2024-05-01 08:00:00"):
            told = f'must have a zone: write {word}("2024-05-01T08:00:00Z"), or {word}("2024-05-01T'
            with pytest.raises(FieldError, match=re.escape(told)):
                make(time)


def test_a_time_may_be_a_date_or_a_text_and_its_zone_another_argument():
    for make in (since, until):
        eight = make(dt.datetime(2024, 5, 1, 8, tzinfo=dt.UTC))
        for text in ("2024-05-01T08:00Z", "2024-05-01 10:00:00+02:00", "2024-05-01T08:00:00.000z"):
            assert make(text) == eight
        for zone in ("Europe/Vienna", "+02:00", dt.timedelta(hours=2)):
            assert make("2024-05-01T10:00", zone=zone) == eight
            assert make(dt.datetime(2024, 5, 1, 10), zone=zone) == eight
            assert make("2024-05-01T08:00Z", zone=zone) == eight
            assert make(dt.date(2024, 5, 1), zone=zone) == make("2024-04-30T22:00Z")
            assert make("2024-05", zone=zone) == make("2024-04-30T22:00Z")
        day = make(dt.datetime(2024, 5, 1, tzinfo=dt.UTC))
        assert make(dt.date(2024, 5, 1)) == make("2024-05-01") == make("2024-05") == day
        assert make("2024") == make(dt.date(2024, 1, 1))


def test_what_is_no_time_is_refused():
    for make in (since, until):
        for text in (
            "",
            "yesterday",
            "2024-13-01",
            "2024-02-30",
            "1714550400",
            "2024-05-01T25:00Z",
        ):
            with pytest.raises(FieldError, match="must be a"):
                make(text)
        for value in (None, 1714550400, b"2024"):
            with pytest.raises(FieldTypeError, match="a datetime, a date or a text"):
                make(value)
        with pytest.raises(FieldError, match="the name of a zone"):
            make("2024-05-01", zone="Nowhere/There")


def test_an_unknown_score_is_not_zero():
    assert not holds(score(max=0), score=None)
    assert holds(score(min=0, max=0), score=0)
    assert holds(score(), score=-1.5) and not holds(score(), score=None)
    assert holds(length(max=0), text="") and not holds(length(max=0), text=None)
    assert holds(length(min=5, max=5), text="a bus") and not holds(length(max=4), text="a bus")
    assert holds(length(min=2, max=2, unit="words"), text="a bus")
    assert holds(depth())


@pytest.mark.parametrize(
    "make",
    [
        lambda: score(min=2, max=1),
        lambda: score(min=float("nan")),
        lambda: score(max=float("inf")),
        lambda: score(min=True),
        lambda: score(min="3"),
        lambda: depth(min=-1),
        lambda: depth(max=1.0),
        lambda: length(min=3, max=2),
        lambda: length(unit="bytes"),
        lambda: status(),
        lambda: status("gone"),
        lambda: status(["deleted"]),
        lambda: tagged(),
        lambda: tagged(3),
        lambda: tagged("\ud800"),
        lambda: by(3),
        lambda: by(["Ada"]),
        lambda: mentioning(" "),
        lambda: mentioning("a" * 201),
        lambda: mentioning("a", bare=1),
        lambda: matching(b"a"),
        lambda: matching(re.compile(b"a")),
        lambda: matching("a", regex="yes"),
        lambda: score(min=10**5_000),
        lambda: depth(max=10**5_000),
        lambda: length(min=10**5_000),
        lambda: under(3),
        lambda: under(""),
        lambda: where("text"),
        lambda: to_dict("by"),
    ],
)
def test_what_cannot_be_an_argument_is_refused(make):
    with pytest.raises(FieldError):
        make()


# -- places ----------------------------------------------------------------------------------------


def test_unanswered_is_narrower_than_without_replies():
    thread = Thread(
        None,
        [
            Comment("a"),
            Comment("a1", "a", reply_count=0),
            Comment("b", reply_count=2),
            Comment("c"),
            Comment("d", status="missing"),
        ],
        stubs=[Stub("c"), Stub(None)],
    )
    assert [c.id for c in select(thread, unanswered())] == ["a1", "d"]
    assert [c.id for c in select(thread, ~has_replies())] == ["a1", "b", "c", "d"]


def test_a_comment_that_is_not_there_cannot_be_asked_about():
    for ask in (
        lambda: select(one(), under("x")),
        lambda: first(Thread(), under("x")),
        lambda: by("a")(one(), "x"),
        lambda: by("a")(one(), Comment("x")),
    ):
        with pytest.raises(UnknownCommentError):
            ask()


def test_where_is_asked_only_where_what_stands_before_it_holds():
    asked = []
    thread = Thread(None, [Comment("1", score=1), Comment("2")])
    count(thread, score() & where(lambda comment: asked.append(comment.id)))
    assert asked == ["1"]


# -- text ------------------------------------------------------------------------------------------


def test_text_is_taken_letter_by_letter():
    assert holds(matching("(a+)+$"), text="((a+)+$)")
    assert not holds(matching("."), text="abc")
    assert holds(matching(""), text="") and not holds(matching(""), text=None)
    assert holds(matching("<b>"), text="<b>x</b>", text_format="html")
    assert not holds(matching("é"), text="e\u0301")


def test_case_is_folded_by_unicode():
    assert holds(matching("STRASSE", ignore_case=True), text="Straße")
    assert not holds(matching("STRASSE", ignore_case=True), text="Stadt")
    assert not holds(matching("STRASSE"), text="Straße")


def test_strings_of_other_kinds_are_made_plain():
    class Word(enum.StrEnum):
        ADA = "Ada"

    assert type(by(Word.ADA).author) is str and repr(by(Word.ADA)) == "by('Ada')"


@pytest.fixture
def without_regex(monkeypatch):
    """A machine on which the extra is not installed: nothing can compile with it."""
    monkeypatch.setitem(sys.modules, "regex", None)


def test_strings_and_compiled_patterns_need_no_extra(without_regex):
    assert holds(matching("a.c"), text="a.c")
    pattern = re.compile(r"^b\w+", re.MULTILINE)
    assert holds(matching(pattern), text="a\nbus") and not holds(matching(pattern), text="a\nBUS")
    assert holds(matching(pattern, ignore_case=True), text="a\nBUS")
    assert holds(matching(re.compile("bus", re.IGNORECASE)), text="BUS")
    sent = pickle.loads(pickle.dumps(matching(pattern) & by("Ada")))
    assert sent == matching(pattern) & by("Ada")
    assert holds(sent, text="bus", author=Author("Ada"))
    assert repr(matching(pattern)) == "matching('(?m)^b\\\\w+', regex=True)"
    assert to_words(matching(pattern)) == r"matching /(?m)^b\w+/"
    assert type(to_dict(matching(pattern))["matching"]["text"]) is str
    with pytest.raises(MissingExtraError, match="regex"):
        matching("^c", regex=True)


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:(?:a{1000}){1000}){20}",
        "(?:(?:a{10000}){1000}){20}",
        "(?:(?:a{1000}){1000}){200}",
        "a{20000000}",
        "(a{1000}){20000}",
        "((((((a{20}){20}){20}){20}){20}){20}){20}",
        "(?:x|(?:a{1000,}){1000,}b)",
        "(?:[ab]{1000}){1000}",
        "(?:[(]{1000}[)]){1000}",
        r"(?:\d{1000}\)){1000}",
        r"(?:\p{L}{1000}){1000}",
        "(?:a{1000})(?i){1000}",
        "(?:a{1000})(?#(){1000}",
        "(?x)(?:a{100 # ((\n0}) # (\n {10 00}",
        "(?:" * 90 + "a{3}" + "){3}" * 90,
    ],
)
def test_a_pattern_that_would_take_gigabytes_is_refused_before_it_is_compiled(
    pattern, without_regex
):
    """Without ``regex``, so that one that is let through is another error, and no full memory."""
    with pytest.raises(FieldError, match="at most 20,000 pieces"):
        matching(pattern, regex=True)
    with pytest.raises(DecodeError, match="at most 20,000 pieces"):
        from_dict({"matching": {"text": pattern, "regex": True}})


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("a{1000}", "a" * 1_000),
        (r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}", "2024-05-01T08:00:00"),
        ("[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", "0123abcd-0123-4567-89ab-0123456789ab"),
        (r"(?:\d{1,3}\.){3}\d{1,3}", "127.0.0.1"),
        ("(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}", "1:2:3:4:5:6:7:8"),
        ("(?:a{1,1000}){1,1000}", "a"),
        ("(?:(?:a{10}){10}){10}", "a" * 1_000),
        (r"(\w+ ){3}(\w+, ){2}(\w+; ){2}(?:x{2}y){3}", "a b c d, e, f; g; xxyxxyxxy"),
        (r"(?x) \d{4} # the year\n (?: - \d{2} ){2} # month and day", "2024-05-01"),
        ("a {x} {", "a {x} {"),
    ],
)
def test_ordinary_patterns_repeat_as_they_like(pattern, text):
    pytest.importorskip("regex")
    assert holds(matching(pattern, regex=True), text=text)


# -- JSON ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("predicate", "plain"),
    [
        (by("Ada"), {"by": {"author": "Ada"}}),
        (by(None), {"by": {"author": None}}),
        (by(Author("Ada")), {"by": {"author": {"name": "Ada"}}}),
        (by(Author("Ada", id="7")), {"by": {"author": {"id": "7"}}}),
        (mentioning("Ada"), {"mentioning": {"name": "Ada"}}),
        (matching("x", ignore_case=True), {"matching": {"text": "x", "ignore_case": True}}),
        (length(max=5, unit="words"), {"length": {"max": 5, "unit": "words"}}),
        (since(NOON), {"since": {"time": "2024-05-01T12:00:00Z"}}),
        (until(NOON), {"until": {"time": "2024-05-01T12:00:00Z"}}),
        (depth(min=1, max=2), {"depth": {"min": 1, "max": 2}}),
        (score(min=0.5), {"score": {"min": 0.5}}),
        (status("deleted"), {"status": {"statuses": ["deleted"]}}),
        (tagged("a", "b"), {"tagged": {"tags": ["a", "b"]}}),
        (has_replies(), {"has_replies": {}}),
        (unanswered(), {"unanswered": {}}),
        (under("1"), {"under": {"comment": "1"}}),
        (by("a") & by("b"), {"all": [{"by": {"author": "a"}}, {"by": {"author": "b"}}]}),
        (by("a") | by("b"), {"any": [{"by": {"author": "a"}}, {"by": {"author": "b"}}]}),
        (~by("a"), {"not": {"by": {"author": "a"}}}),
    ],
)
def test_the_json_form_is_stable(predicate, plain):
    """These are in other people's files: a change here breaks them."""
    assert to_dict(predicate) == plain
    assert from_dict(plain) == predicate


@pytest.mark.parametrize("predicate", [where(len), by(len), by("a") & ~where(len)])
def test_functions_have_no_json_form(predicate):
    with pytest.raises(FieldError, match="a function has no JSON form"):
        to_dict(predicate)


@pytest.mark.parametrize(
    ("plain", "path"),
    [
        ([], "$"),
        ({}, "$"),
        ({"by": {"author": "a"}, "not": {}}, "$"),
        ({"where": {"function": "len"}}, "$"),
        ({"by": "Ada"}, "$.by"),
        ({"by": {}}, "$.by"),
        ({"by": {"author": 3}}, "$.by.author"),
        ({"by": {"author": {"id": "1", "name": "a"}}}, "$.by.author"),
        ({"by": {"author": {"id": ""}}}, "$.by.author.id"),
        ({"by": {"author": {"name": 3}}}, "$.by.author.name"),
        ({"all": [{"unanswered": {}}]}, "$.all"),
        ({"all": {"unanswered": {}}}, "$.all"),
        ({"any": [{"unanswered": {}}, {"unanswered": {"x": 1}}]}, "$.any[1].unanswered"),
        ({"not": {"not": {"depth": {"min": "1"}}}}, "$.not.not.depth"),
        ({"depth": {"min": None}}, "$.depth.min"),
        ({"depth": {"min": True}}, "$.depth"),
        ({"depth": {"min": [1]}}, "$.depth.min"),
        ({"score": {"min": float("nan")}}, "$.score"),
        ({"since": {"time": "2024-05-01T12:00:00"}}, "$.since.time"),
        ({"since": {"time": "2024-02-30T12:00:00Z"}}, "$.since.time"),
        ({"since": {"time": 0}}, "$.since.time"),
        ({"status": {"statuses": "deleted"}}, "$.status.statuses"),
        ({"status": {"statuses": []}}, "$.status"),
        ({"tagged": {"tags": ["a", 1]}}, "$.tagged.tags[1]"),
        ({"matching": {"text": "\ud800"}}, "$.matching"),
        ({"matching": {"text": "a", "regex": 1}}, "$.matching"),
        ({"x" * 10**6: {}}, "$"),
    ],
)
def test_json_that_is_no_predicate_names_its_place(plain, path):
    with pytest.raises(DecodeError) as caught:
        from_dict(plain)
    assert caught.value.place.path == path
    assert len(str(caught.value)) < 300 and isinstance(caught.value, DiscourseError)


def test_a_group_that_begins_with_a_group_of_its_kind_is_one_group():
    a, b, c = ({"by": {"author": name}} for name in "abc")
    assert from_dict({"all": [{"all": [a, b]}, c]}) == by("a") & by("b") & by("c")


def test_bounds_without_a_name_are_told_how_to_name_them():
    for make, told in (
        (lambda: depth(1), r"depth(min): must be given by name, as in depth(min=1)"),
        (lambda: score(">3"), r"score(min): must be given by name, as in score(min=1)"),
    ):
        with pytest.raises(FieldTypeError, match=re.escape(told)):
            make()


@pytest.mark.parametrize("combine", [operator.and_, operator.or_])
def test_predicates_combine_with_nothing_else(combine):
    with pytest.raises(TypeError, match="unsupported operand"):
        combine(by("Ada"), "Bo")


@pytest.mark.parametrize("combine", [operator.and_, operator.or_])
def test_a_predicate_that_was_pickled_grows_like_its_original(combine):
    pair = combine(by("Ada"), by("Bo"))
    assert combine(pickle.loads(pickle.dumps(pair)), by("Cy")) == combine(pair, by("Cy"))


def test_by_several_authors_is_by_any_of_them():
    assert by("a", Author(id="b"), None) == by("a") | by(Author(id="b")) | by(None)
    with pytest.raises(FieldTypeError, match=r"write by\(\*authors\)"):
        by(["a", "b"])
    with pytest.raises(FieldError, match="must have an id or a name"):
        by("a", Author())
