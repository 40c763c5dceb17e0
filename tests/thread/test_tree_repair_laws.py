"""The laws of repair: whatever comes in comes out or is named, and what comes out is a tree."""

from collections import Counter

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse import Comment, Meta, Status, Stub, Thread, ThreadError
from discourse.strategies import rows, stubs, threads

ORPHANS = ["placeholder", "promote", "drop"]
DUPLICATES = ["rename", "drop"]
CYCLES = ["cut", "drop"]

policies = st.fixed_dictionaries(
    {
        "on_orphan": st.sampled_from(ORPHANS),
        "on_duplicate": st.sampled_from(DUPLICATES),
        "on_cycle": st.sampled_from(CYCLES),
    }
)
gaps = st.lists(stubs(parent_id=st.sampled_from([None, "1", "2", "gone", "lost"])), max_size=2)

#: Texts alone, of few words, so that comments are often alike.
plain_rows = rows(
    comments=st.sampled_from([Comment("-"), Comment("-", text="x"), Comment("-", text="y")])
)


def original(comment):
    """The comment as it was before it was repaired, by what its meta remembers."""
    was = comment.meta.get("repaired")
    if was is None:
        return comment
    meta = {key: value for key, value in comment.meta.items() if key != "repaired"}
    return attrs.evolve(comment, meta=meta, **was)


def dropped(problems):
    """Every comment that problems say is not in the thread."""
    return [
        value
        for problem in problems
        for value in problem.values
        if isinstance(value, Comment) and (problem.kind == "dropped" or len(problem.ids) == 1)
    ]


def told_twice(problems):
    """How many rows were left out because another has the same content."""
    return sum(problem.values[0] - 1 for problem in problems if problem.kind == "duplicate")


# -- the law of counting ---------------------------------------------------------------------------


@given(rows(), gaps, policies)
# The second of two that differ is renamed, and still nobody answers it who did not before.
@example([Comment("a"), Comment("a", text="x"), Comment("b", "a~2")], [], {})
# A twin of a twin: the same content twice, under one id that another has.
@example([Comment("a"), Comment("a", text="x"), Comment("a", text="x")], [], {})
# A renamed comment takes part in no loop, however its parent is called.
@example([Comment("a"), Comment("a", "a", text="x"), Comment("a", "a~2", text="y")], [], {})
def test_what_goes_in_comes_out_or_is_named(given_, stubs_, how):
    """Rows in = comments out without placeholders + rows dropped by name + rows told twice."""
    repaired = Thread.repair(given_, stubs=stubs_, **how)
    placeholders = set(repaired.thread.comments) - {*map(original, given_)}
    placeholders = {c for c in placeholders if c.status is Status.MISSING and original(c) == c}
    here = [c for c in repaired.thread if c not in placeholders]
    gone = dropped(repaired.problems)
    assert len(given_) == len(here) + len(gone) + told_twice(repaired.problems)
    assert set(given_) == {original(original(c)) for c in [*here, *gone]}


@given(rows(), gaps, policies)
def test_what_comes_out_is_a_tree_with_all_its_stubs_in_place(given_, stubs_, how):
    """A repaired thread needs no repair: it can be built again from its parts."""
    thread = Thread.repair(given_, stubs=stubs_, **how).thread
    assert Thread(None, thread.comments, stubs=thread.stubs) == thread
    again = Thread.repair(thread.comments, stubs=thread.stubs, **how)
    assert (again.thread, again.problems) == (thread, ())


@given(rows(), gaps, policies)
# Renamed and cut loose at once.
@example(
    [Comment("1"), Comment("1", "2")],
    [],
    {"on_orphan": "promote", "on_duplicate": "rename", "on_cycle": "cut"},
)
def test_every_comment_answers_what_it_answered_unless_that_is_told(given_, stubs_, how):
    """No reply is moved under another comment; one that is cut loose remembers its parent."""
    repaired = Thread.repair(given_, stubs=stubs_, **how)
    known = set(given_)
    for comment in repaired.thread:
        was = original(original(comment))
        if was not in known:
            assert comment == Comment(comment.id, status=Status.MISSING)
        elif comment.parent_id != was.parent_id:
            assert comment.parent_id is None
            renamed = {"id": was.id} if comment.id != was.id else {}
            assert comment.meta["repaired"] == Meta({**renamed, "parent_id": was.parent_id})


@given(plain_rows, gaps, policies)
@example([Comment("b", "a~2"), Comment("a"), Comment("a", text="x")], [], {})
@example([Comment("a"), Comment("a", text="x")], [Stub("a~2")], {})
def test_an_id_that_nobody_has_is_given_to_no_comment_that_is_there(given_, stubs_, how):
    """What named a comment that is not here does not come to name one that was renamed."""
    thread = Thread.repair(given_, stubs=stubs_, **how).thread
    ids = {row.id for row in given_}
    missing = {row.parent_id for row in given_} | {stub.parent_id for stub in stubs_}
    for id in missing - ids - {None}:
        assert id not in thread or thread[id].status is Status.MISSING


@given(rows(), gaps, policies)
def test_every_stub_is_kept_or_named(given_, stubs_, how):
    """Stubs follow the rule of comments: here, or told."""
    repaired = Thread.repair(given_, stubs=stubs_, **how)
    told = [
        value
        for problem in repaired.problems
        for value in problem.values
        if problem.kind in {"stub-orphan", "stub-dropped"}
    ]
    here = Counter(attrs.evolve(stub, parent_id=None) for stub in repaired.thread.stubs)
    assert len(stubs_) - sum(here.values()) <= len(told)
    assert Counter(attrs.evolve(s, parent_id=None) for s in stubs_) - here <= Counter(
        attrs.evolve(s, parent_id=None) for s in told
    )


# -- each policy -----------------------------------------------------------------------------------


@given(plain_rows)
def test_a_missing_parent_gets_one_placeholder(given_):
    """One for each, right there, with nothing known of it; the problem names all its replies."""
    repaired = Thread.repair(given_)
    thread = repaired.thread
    ids = {row.id for row in given_}
    missing = {row.parent_id for row in given_} - ids - {None}
    found = [c.id for c in thread if c.status is Status.MISSING]
    named = {p.ids[0]: p.ids[1:] for p in repaired.problems if p.kind == "orphan"}
    assert sorted(found) == sorted(set(found)) == sorted(named)
    assert set(found) <= missing
    for id, replies in named.items():
        assert replies == tuple(reply.id for reply in thread.replies(id))
        assert thread[id] == Comment(id, status=Status.MISSING)


@given(plain_rows)
def test_the_first_comment_keeps_its_id(given_):
    """Of those that share an id, the first is the one that replies and links still mean."""
    thread = Thread.repair(given_).thread
    first = {}
    for row in given_:
        first.setdefault(row.id, row)
    for id, row in first.items():
        assert attrs.evolve(original(thread[id]), parent_id=row.parent_id) == row


@given(plain_rows)
def test_comments_are_renamed_only_where_their_id_is_taken(given_):
    """Every id of the input is there still, and each made-up one remembers the source's."""
    thread = Thread.repair(given_).thread
    ids = {row.id for row in given_}
    for comment in thread:
        if comment.id not in ids and comment.status is not Status.MISSING:
            assert comment.meta["repaired"]["id"] in ids
    assert ids <= {comment.id for comment in thread}


@given(plain_rows)
def test_dropping_leaves_only_what_hangs_together(given_):
    """With every policy at "drop", each comment left is a row of the input, untouched."""
    repaired = Thread.repair(given_, on_orphan="drop", on_duplicate="drop", on_cycle="drop")
    assert set(repaired.thread.comments) <= set(given_)
    assert all(c.id == row.id for c in repaired.thread for row in given_ if row == c)


@given(plain_rows)
def test_cutting_loosens_one_comment_of_each_loop(given_):
    """The earliest of a loop is cut, and only it: one problem, one comment at the top for each."""
    repaired = Thread.repair(given_)
    loops = [p for p in repaired.problems if p.kind in {"cycle", "self-parent"}]
    place = {}
    for n, row in enumerate(given_):
        place.setdefault(row.id, n)
    for problem in loops:
        first = repaired.thread[problem.ids[0]]
        assert first.parent_id is None
        assert problem.values == (original(first).parent_id,)
        inside = [id for id in problem.ids if id in place]
        assert place[inside[0]] == min(place[id] for id in inside)
        assert all(repaired.thread.is_ancestor(first, id) for id in problem.ids if id != first.id)


@given(rows(), gaps)
def test_raising_says_what_would_have_been_told(given_, stubs_):
    """With every policy at "raise", there is an error just where there would be a problem."""
    mended = Thread.repair(given_, stubs=stubs_)
    try:
        made = Thread.repair(
            given_, stubs=stubs_, on_orphan="raise", on_duplicate="raise", on_cycle="raise"
        )
    except ThreadError as error:
        told = error.problems
    else:
        assert (made.thread, made.problems) == (mended.thread, ())
        told = ()
    assert bool(told) is bool(mended.problems)


@given(rows(), gaps)
def test_building_fails_just_where_repair_has_something_to_tell(given_, stubs_):
    """`Thread` refuses what is no tree, and nothing else; its error names each trouble."""
    repaired = Thread.repair(given_, stubs=stubs_)
    try:
        thread = Thread(None, given_, stubs=stubs_)
    except ThreadError as error:
        told = {problem.kind for problem in error.problems} | {"stub-orphan"}
    else:
        assert repaired.thread == thread
        told = set()
    kinds = {problem.kind.removesuffix("-conflict") for problem in repaired.problems}
    assert kinds <= told
    assert bool(kinds) is bool(told)


@given(threads(complete=False, max_size=8), policies)
def test_a_good_thread_is_left_alone(thread, how):
    """What is a tree comes out equal, with nothing to tell, whatever the policies."""
    repaired = Thread.repair(
        thread.comments,
        article=thread.article,
        stubs=thread.stubs,
        source=thread.source,
        meta=thread.meta,
        **how,
    )
    assert (repaired.thread, repaired.problems) == (thread, ())


@given(rows(), gaps, policies)
def test_repair_leaves_its_input_alone_and_says_the_same_each_time(given_, stubs_, how):
    """The rows are what they were, and a second repair gives an equal value."""
    before = list(given_), list(stubs_)
    first = Thread.repair(given_, stubs=stubs_, **how)
    assert (given_, stubs_) == before
    assert Thread.repair(iter(given_), stubs=iter(stubs_), **how) == first


MANY = 2_500


@pytest.mark.parametrize(
    ("kind", "row", "each"),
    [
        ("self-parent", lambda n: [Comment(f"{n}", f"{n}")], 1),
        ("cycle", lambda n: [Comment(f"{n}", f"b{n}"), Comment(f"b{n}", f"{n}")], 2),
        ("orphan", lambda n: [Comment(f"{n}", f"gone {n}")], 2),
        ("duplicate", lambda n: [Comment(f"{n}")] * 2, 1),
        ("duplicate-conflict", lambda n: [Comment(f"{n}"), Comment(f"{n}", text="x")], 2),
        ("stub-orphan", lambda n: [Stub(f"gone {n}")], 1),
    ],
)
def test_problems_are_bounded_and_name_everything_still(kind, row, each):
    """A thousand of a kind are told one by one, then one has the ids and values of the rest."""
    parts = [part for n in range(MANY) for part in row(n)]
    comments = [part for part in parts if isinstance(part, Comment)]
    stubs = [part for part in parts if isinstance(part, Stub)]
    problems = Thread.repair(comments, stubs=stubs).problems
    assert [problem.kind for problem in problems] == [kind] * 1_001
    assert len({id for problem in problems for id in problem.ids}) == each * MANY
    values = [value for problem in problems for value in problem.values]
    assert len(values) == (MANY if kind != "orphan" else 0)
    assert problems[-1].message == "1,500 more problems of this kind"
    assert len(problems[-1].ids) == each * 1_500
    with pytest.raises(ThreadError) as refused:
        Thread(None, comments, stubs=stubs)
    assert len(refused.value.problems) == 1_001


def test_a_thousand_dropped_stubs_and_more_are_named():
    comments = [Comment(str(n), "gone") for n in range(MANY)]
    stubs = [Stub(str(n)) for n in range(MANY)]
    problems = Thread.repair(comments, stubs=stubs, on_orphan="drop").problems
    dropped = [problem for problem in problems if problem.kind == "stub-dropped"]
    assert len(dropped) == 1_001
    assert dropped[0].ids == ("0",)
    assert [id for problem in dropped for id in problem.ids] == [stub.parent_id for stub in stubs]
    assert [value for problem in dropped for value in problem.values] == stubs


@given(rows())
def test_every_problem_is_a_sentence_about_ids_it_names(given_):
    """Messages are short and safe to print, and the ids are strings of the input or made of it."""
    for problem in Thread.repair(given_).problems:
        assert problem.ids
        assert len(str(problem)) < 500
        assert str(problem).isprintable()


@pytest.mark.parametrize("policy", ["on_orphan", "on_duplicate", "on_cycle"])
@given(word=st.sampled_from(["", "keep", "DROP", None, 1]))
def test_a_policy_that_is_none_is_refused(policy, word):
    """A typo in a policy never means the default."""
    with pytest.raises(ValueError, match=policy):
        Thread.repair([], **{policy: word})


@pytest.mark.parametrize(
    "rows",
    [
        lambda n: [Comment(str(i), str(i)) for i in range(n)],
        lambda n: [Comment(str(i), str((i + 1) % n)) for i in range(n)],
        lambda n: [Comment(str(i), str(i ^ 1)) for i in range(n)],
        lambda n: [Comment(str(i), "x") for i in range(n)],
        lambda n: [Comment("a", text=str(i)) for i in range(n)],
        # The names that repair would give to the twins are taken.
        lambda n: (
            [Comment(f"a~{i}") for i in range(n)] + [Comment("a", text=str(i)) for i in range(n)]
        ),
    ],
)
def test_repair_takes_linear_work(rows, lines_run):
    once, twice = (lines_run(Thread.repair, rows(n), on_orphan="promote") for n in (300, 600))
    assert twice < 2.2 * once
