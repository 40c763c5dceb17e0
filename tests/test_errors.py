"""Errors: one family, each with its fields, all short and safe to print."""

import copy
import pickle

import attrs
import pytest

import discourse
from discourse import (
    Comment,
    CycleError,
    DecodeError,
    DiscourseError,
    FieldError,
    LimitError,
    Meta,
    MissingExtraError,
    NotOneThreadError,
    ParseError,
    Place,
    Problem,
    Stub,
    Thread,
    ThreadError,
    UnknownCommentError,
    UnknownFormatError,
)
from discourse.errors import FieldTypeError, shown

FAMILY = [
    value
    for name in discourse.errors.__all__
    if isinstance(value := getattr(discourse.errors, name), type) and issubclass(value, Exception)
]


def thread_error(*comments, stubs=()):
    with pytest.raises(ThreadError) as caught:
        Thread(None, comments, stubs=stubs)
    return caught.value


@pytest.mark.parametrize("error", FAMILY)
def test_every_error_is_of_the_family(error):
    assert issubclass(error, DiscourseError)


@pytest.mark.parametrize(
    ("error", "builtin"),
    [
        (FieldError, ValueError),
        (ThreadError, ValueError),
        (UnknownCommentError, KeyError),
        (DecodeError, ValueError),
        (ParseError, ValueError),
        (LimitError, ValueError),
        (NotOneThreadError, LookupError),
        (MissingExtraError, ImportError),
    ],
)
def test_every_error_is_also_what_a_naive_caller_would_catch(error, builtin):
    assert issubclass(error, builtin)


def test_the_docstring_draws_the_whole_family():
    drawn = discourse.errors.__doc__
    assert [error.__name__ for error in FAMILY if error.__name__ not in drawn] == []


@pytest.mark.parametrize(
    "error",
    [
        FieldError("Comment", "id", "", "must not be empty"),
        ThreadError((Problem("orphan", "no parent", ("a", "b")),)),
        ThreadError((Problem("orphan", "no parent", ("a", "b")),), "Do this."),
        CycleError((Problem("cycle", "a loop", ("a",)),)),
        UnknownCommentError("x", "; or so"),
        DecodeError("not JSON", Place(line=1), (Problem("invalid", "bad"),)),
        ParseError("not a page", Place(source="page.txt")),
        LimitError("too large"),
        NotOneThreadError(2),
        MissingExtraError("discourse.strategies", "hypothesis"),
    ],
)
def test_every_error_survives_a_pickle(error):
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert str(back) == str(error)
    assert vars(back) == vars(error)


# -- threads ---------------------------------------------------------------------------------------


def test_a_thread_error_lists_every_problem():
    error = thread_error(
        Comment("a"),
        Comment("a"),
        Comment("b", text="x"),
        Comment("b", text="y"),
        Comment("c", "gone"),
        Comment("d", "d"),
        Comment("e", "f"),
        Comment("f", "e"),
        stubs=[Stub("lost")],
    )
    assert str(error).splitlines() == [
        "6 problems: the comments are not a tree",
        "  duplicate: repeated id 'a', with the same content",
        "  duplicate: repeated id 'b', with different content",
        "  orphan: parent 'gone' of comment 'c' is missing",
        "  self-parent: comment 'd' answers itself",
        "  cycle: comments answer each other in a loop: 'e' -> 'f' -> 'e'",
        "  stub-orphan: the parent 'lost' of a stub is missing",
        "Thread.repair() builds a thread from such comments.",
    ]
    assert [problem.ids for problem in error.problems] == [
        ("a",),
        ("b",),
        ("c", "gone"),
        ("d",),
        ("e", "f"),
        ("lost",),
    ]


def test_a_thread_error_spells_out_ten_and_holds_all():
    error = thread_error(*(Comment(str(n), "gone") for n in range(1_000)))
    assert len(error.problems) == 1_000
    assert len(str(error).splitlines()) == 13
    assert "... and 990 more" in str(error)


def test_a_long_loop_is_told_in_short():
    size = 1_000
    error = thread_error(*(Comment(str(n), str((n + 1) % size)) for n in range(size)))
    (problem,) = error.problems
    assert problem.ids == tuple(map(str, range(size)))
    assert str(problem) == (
        "cycle: comments answer each other in a loop: '0' -> '1' -> '2' -> '3' -> '4'"
        " -> ... (1000 comments)"
    )


def test_what_hangs_on_a_loop_is_no_part_of_it():
    error = thread_error(Comment("tail", "a"), Comment("b", "a"), Comment("a", "b"))
    assert [problem.ids for problem in error.problems] == [("b", "a")]


def test_messages_show_control_characters_as_escapes():
    nasty = "\x1b[2J\u202e\x9b\n"
    error = thread_error(Comment(nasty, nasty * 100), Comment(nasty))
    assert "\x1b" not in str(error)
    assert "\u202e" not in str(error)
    assert all(line.isprintable() for line in str(error).splitlines())
    assert len(str(error)) < 1_000


# -- the others ------------------------------------------------------------------------------------


def test_an_unknown_comment_is_told_with_what_may_have_been_meant():
    thread = Thread(None, [Comment("1")])
    for wrong, told in [
        ("2", "no comment with id '2' in this thread"),
        (
            1,
            (
                "no comment with id 1 in this thread; ids are strings,"
                " and thread.comments[n] is the n-th comment"
            ),
        ),
        (slice(1), "no comment with id a slice in this thread; thread.comments[a:b] is a slice"),
        (None, "no comment with id None in this thread"),
        ([], "no comment with id a list in this thread"),
    ]:
        with pytest.raises(KeyError) as caught:
            thread[wrong]
        assert str(caught.value) == told
        assert caught.value.id == wrong


def test_a_place_says_what_is_known_of_it():
    assert str(Place()) == "an unknown place"
    assert str(Place(line=3, column=4)) == "line 3, column 4"
    assert str(Place(offset=0)) == "offset 0"
    assert str(Place(source="a\x1bb", path="$.comments[3]")) == "a\\x1bb, $.comments[3]"


def test_errors_with_a_place_say_it_once():
    assert str(ParseError("not a page")) == "not a page"
    assert str(ParseError("not a page", Place(line=3))) == "not a page (line 3)"
    assert str(DecodeError("no time", Place(path="$.source"))) == "$.source: no time"


def test_a_missing_extra_says_what_to_install():
    error = MissingExtraError("discourse.strategies", "hypothesis")
    assert str(error) == (
        "discourse.strategies needs an extra: python -m pip install 'discourse-model[hypothesis]'"
    )


def test_a_reading_of_two_threads_has_no_one_thread():
    assert str(NotOneThreadError(2)) == "there are 2 threads, not one: use .threads"
    assert issubclass(UnknownFormatError, ParseError)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (True, "True"),
        (1.5, "1.5"),
        (2**128 - 1, str(2**128 - 1)),
        pytest.param(10**10_000, "an int of 33220 bits", id="a long int"),
        ("a" * 61, "'" + "a" * 60 + "'..."),
        (b"\x00" * 61, repr(b"\x00" * 60) + "..."),
        ({}, "a dict"),
        (object(), "an object"),
        (type("N" * 1000, (), {})(), "a " + "N" * 60),
    ],
)
def test_values_are_shown_in_short(value, text):
    assert shown(value) == text


def test_the_repr_of_a_stranger_is_never_called():
    class Stranger:
        def __repr__(self):
            raise AssertionError

    assert shown(Stranger()) == "a Stranger"


def test_a_problem_says_kind_message_and_place():
    problem = Problem("orphan", "no parent", ("a",), place=Place(line=2))
    assert str(problem) == "orphan: no parent (line 2)"


STEERING = "\x07\x1b[2J\x85\x9b\u200b\u2028\u202e\u2066\ud800"


@pytest.mark.parametrize(
    "words",
    [
        str(Problem("odd", f"<{STEERING}\n>")),
        str(ParseError(f"<{STEERING}>", Place(source=STEERING, path=f"$.{STEERING}"))),
        str(DecodeError(f"<{STEERING}>", Place(path=f"$.{STEERING}"))),
        str(UnknownFormatError(STEERING)),
        str(FieldError("Comment", "id", STEERING, "must be so")),
        str(UnknownCommentError(STEERING)),
    ],
)
def test_no_message_has_a_character_that_steers_a_terminal_or_a_log(words):
    assert words.isprintable() and "\\u202e" in words and "\\x9b" in words


@pytest.mark.parametrize(
    ("format", "source"),
    [
        (
            "wxr",
            '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel></\u202ebad></channel></rss>',
        ),
        ("disqus-xml", "<disqus><\u202e/thread></disqus>"),
        ("reddit", '[{"kind": "t1", "data": {"id": "1", "\u202e": 1, "\u202e": 2, "body": 7}}]'),
    ],
)
def test_what_a_reader_says_of_hostile_names_is_printable(format, source):
    problems = discourse.parse(source, format).problems
    assert problems and all(str(problem).isprintable() for problem in problems)


def test_a_message_of_several_lines_keeps_them():
    assert str(DecodeError("one\ntwo")) == "one\ntwo"


# -- the values of a problem -----------------------------------------------------------------------


def test_the_values_of_a_problem_are_frozen():
    row = {"id": 7, "kids": [{"id": 8}]}
    problem = Problem("no-id", "no id", values=(row, [row], "text", Comment("1")))
    row["kids"][0]["id"] = 9
    frozen = Meta({"id": 7, "kids": [{"id": 8}]})
    assert problem.values == (frozen, (frozen,), "text", Comment("1"))
    assert problem == pickle.loads(pickle.dumps(problem))
    assert hash(problem) == hash(pickle.loads(pickle.dumps(problem)))
    assert attrs.evolve(problem, message="x").values[0] is problem.values[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": float("nan"), "b": [1, "c"]}, '{"a": NaN, "b": [1, "c"]}'),
        ([{"a": "\ud800"}, {}, []], '[{"a": "\\ud800"}, {}, []]'),
        ({1: (2, None), "a": {3}}, '{"1": [2, null], "a": "a set"}'),
        ([10**5000, Comment("1")], '["an int of 16610 bits", "a Comment"]'),
    ],
)
def test_a_value_that_meta_cannot_hold_is_its_text(value, text):
    assert Problem("x", "y", values=(value,)).values == (text,)


def test_a_value_of_any_depth_or_size_is_frozen_without_recursion():
    deep = "end"
    for _ in range(900):
        deep = {"a": deep}
    looped = [{}]
    looped[0]["a"] = [looped, looped]
    wide = [float("nan")] * 1_000_000
    problem = Problem("x", "y", values=(deep, looped, wide))
    assert problem.values[0] == '{"a": ' * 900 + '"end"' + "}" * 900
    assert [len(value) for value in problem.values[1:]] == [2**16, 2**16]
    assert problem == pickle.loads(pickle.dumps(copy.deepcopy(problem)))


def test_what_a_reading_tells_does_not_change_with_the_data_of_the_caller():
    data = {"schema": "discourse/thread/1", "unknown": {"a": [1]}}
    problems = []
    discourse.json.from_dict(data, on_unknown="keep", report=problems.append)
    data["unknown"]["a"].append(2)
    assert problems[0].values == ({"a": [1]},)


def test_places_and_ids_of_the_wrong_type_are_refused():
    for cls in (ParseError, LimitError, DecodeError):
        with pytest.raises(FieldTypeError, match=r"must be a Place, such as Place\(line=3\)"):
            cls("broken", "line 3")
    with pytest.raises(FieldTypeError, match="must be a Place"):
        Problem("kind", "message", place="line 3")
    with pytest.raises(FieldTypeError, match="must be several ids"):
        Problem("kind", "message", ids="abc")
    assert Problem("kind", "message", ids=["7"]).ids == ("7",)
