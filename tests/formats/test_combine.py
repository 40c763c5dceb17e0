"""Several inputs are put together by discussion, and so is what was wrong with each."""

import datetime as dt
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse
from discourse import Article, Comment, Problem, Reading, Source, Thread
from discourse.formats._combine import combined
from discourse.strategies import threads

TIME = dt.datetime(2024, 5, 1, 9, tzinfo=dt.UTC)
LOCAL = Problem("local-time", "1 time does not say its zone", ("5",))


def blog(name, *comments):
    return Thread(Article(name, id=name), comments)


def lacking(name):
    """A part in which a comment is known only because a reply names it."""
    repaired = Thread.repair([Comment("6", "5")], article=Article(name, id=name))
    return Reading([repaired.thread], repaired.problems)


@pytest.mark.parametrize(
    "part", [lacking("a"), Reading([blog("a", Comment("5"))], [LOCAL])], ids=["orphan", "local"]
)
def test_what_one_discussion_lacks_is_not_found_in_another(part):
    known = Comment("5", created_at=TIME)
    other = Reading([blog("b", known)])
    assert combined([part, other]).problems == part.problems
    assert combined([other, part]).problems == part.problems
    assert combined([part, other, Reading([blog("a", known)])]).problems == ()


def test_a_problem_of_many_missing_comments_goes_when_all_are_there():
    """A repair tells of a thousand missing parents one by one, and of the others together."""
    repaired = Thread.repair(
        [Comment(f"reply {n}", f"{n}") for n in range(1_003)], article=Article("a", id="a")
    )
    part = Reading([repaired.thread], repaired.problems)

    def left(known):
        return combined([part, Reading([blog("a", *(Comment(f"{n}") for n in known))])]).problems

    assert left(range(1_002)) == repaired.problems[-1:]
    assert left(range(1_003)) == ()


def test_one_of_several_discussions_may_be_whole():
    def page(name, *ids):
        thread = Thread(
            Article(name, id=name, comment_count=2), [Comment(f"{name}{id}") for id in ids]
        )
        return Reading([thread], [Problem("count-differs", name)])

    found = combined([page("a", 1), page("b", 1), page("a", 2)]).problems
    assert [problem.message for problem in found] == ["b"]


def test_a_file_of_several_discussions_has_what_any_of_them_has():
    export = Reading([blog("a", Comment("1")), blog("b", Comment("5"))], [LOCAL])
    known = Reading([blog("b", Comment("5", created_at=TIME))])
    assert combined([export, known]).problems == ()
    assert combined([export, lacking("c"), known]).problems == lacking("c").problems


def test_articles_of_one_number_on_two_sites_are_two_discussions():
    def post(host, title, id):
        article = Article(title, id="5", url=f"https://{host}/?p=5")
        return Reading([Thread(article, [Comment(id)])])

    mill, bridge = post("mill.example", "A mill", "1"), post("bridge.example", "A bridge", "1")
    assert combined([mill, bridge]).threads == mill.threads + bridge.threads
    assert combined([mill, bridge]).problems == ()
    again = post("bridge.example", "A bridge", "2")
    assert [len(thread) for thread in combined([mill, bridge, again]).threads] == [1, 2]
    # A feed may go by the address of another service.
    assert len(combined([mill, post("feeds.example", "A mill", "2")]).thread) == 2
    assert len(combined([mill, post("www.mill.example", "A mill, mended", "2")]).thread) == 2


@given(threads(max_size=30), st.lists(st.integers(0, 30), max_size=8))
def test_parts_of_any_number_make_the_whole_again(whole, cuts):
    """Each part has placeholders for what its comments answer in others; the last word counts."""
    thread = Thread(Article("T", id="1"), whole.comments)
    ends = sorted({min(cut, len(thread)) for cut in cuts} | {0, len(thread)})
    parts = []
    for start, end in pairwise(ends):
        rows = thread.comments[start:end]
        repaired = Thread.repair(rows, article=thread.article)
        parts.append(Reading([repaired.thread], repaired.problems))
    made = combined(parts or [Reading([thread])])
    assert {c.id: c for c in made.thread} == {c.id: c for c in thread}
    assert not [problem for problem in made.problems if problem.kind in {"orphan", "conflict"}]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=9))
def test_of_many_captures_the_latest_word_counts(scores):
    parts = [
        Reading([Thread(Article("T", id="1"), [Comment("1", score=score or None)])])
        for score in scores
    ]
    made = combined(parts)
    known = [score for score in scores if score]
    assert made.thread["1"].score == (known[-1] if known else None)
    told = {value for problem in made.problems for value in problem.values[1:]}
    assert told == (set(known) if len(set(known)) > 1 else set())
    assert len(set(made.problems)) == len(made.problems)


def test_a_guess_of_any_part_yields_to_what_another_tells():
    def part(parent, *, inferred):
        thread = Thread(Article("T", id="1"), [Comment("1"), Comment("2", parent)])
        return Reading([thread], inferred=inferred)

    told, guessed = part("1", inferred=()), part(None, inferred={"2"})
    for several in permutations([told, guessed, guessed, guessed]):
        made = combined(several)
        assert made.thread["2"].parent_id == "1"
        assert (made.inferred, made.problems) == (frozenset(), ())


def test_an_empty_page_among_others_is_read_and_reported(tmp_path):
    """The last page of a paged API is an empty array, which made a whole read fail."""
    page = tmp_path / "page_1.json"
    page.write_text(
        '[{"id": 7, "post": 60, "parent": 0, "author_name": "Ada", "content": {"rendered": "Hm."}}]'
    )
    (tmp_path / "page_2.json").write_text(" []\n")
    reading = discourse.read([page, tmp_path / "page_2.json"])
    assert [comment.id for comment in reading.thread] == ["7"]
    (problem,) = reading.problems
    assert problem.kind == "empty" and problem.place.source.endswith("page_2.json")


def answer_to(parent, *comments, format="mastodon"):
    """A part whose first post is not in it."""
    repaired = Thread.repair(
        [Comment(f"answer to {parent}", parent), *comments], source=Source(format)
    )
    return Reading([repaired.thread], repaired.problems)


def first_post(id, *comments):
    return Reading([Thread(Article(id=id), comments, source=Source("mastodon"))])


def test_what_answers_a_post_joins_the_discussion_that_has_it():
    parts = [answer_to("1"), answer_to("2"), answer_to("3"),
             first_post("1"), first_post("9", Comment("2"))]  # fmt: skip
    for turn in permutations(parts):
        threads = combined(turn).threads
        ids = {frozenset(c.id for c in t if c.status.value != "missing") for t in threads}
        assert ids == {frozenset({"answer to 1"}), frozenset({"2", "answer to 2"}),
                       frozenset({"answer to 3"})}  # fmt: skip


def test_what_answers_the_same_post_is_one_discussion():
    a, b, c = answer_to("1"), answer_to("1", Comment("2", "1")), answer_to("4")
    assert [len(thread) for thread in combined([a, b, c]).threads] == [3, 2]


def test_a_chain_of_parts_is_one_discussion():
    """Each answers a comment of the next; in a loop, too."""
    chain = [answer_to(str(n), Comment(str(n - 1), str(n))) for n in range(1, 6)]
    for turn in (chain, chain[::-1]):
        assert len(combined([*turn, first_post("8"), first_post("9")]).threads) == 3
    loop = [answer_to("1", Comment("2", "1")), answer_to("2", Comment("1", "2"))]
    assert len(combined([*loop, first_post("8"), first_post("9")]).threads) == 3


def test_ids_of_another_format_are_others():
    parts = [answer_to("1", format="activitystreams"), first_post("1")]
    assert len(combined(parts).threads) == 2
