"""`split`: nothing is in two parts, and threads that come later move none that were there."""

import os
import subprocess
import sys

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import Article, Author, Comment, FieldError, Thread, edit
from discourse.query import split

HALVES = {"a": 1, "b": 1}


def thread(name, *authors, **fields):
    comments = [
        Comment(str(n), author=None if author is None else Author(author))
        for n, author in enumerate(authors)
    ]
    article = None if name is None else Article(id=name, **fields)
    return Thread(article, comments)


corpora = st.lists(
    st.builds(
        lambda name, authors, site, url: thread(name, *authors, site=site, url=url),
        st.sampled_from(["1", "2", "3", "4", "5", "6"]) | st.none(),
        st.lists(st.none() | st.sampled_from("ABCDEFGHIJ"), max_size=3),
        st.none() | st.sampled_from(["x.example", "y.example"]),
        st.none() | st.sampled_from(["u1", "u2"]),
    ),
    max_size=10,
)
ways = st.sampled_from(["thread", "author", "site"])


def ties(thread, by):
    """The oracle: all that may not be in two parts."""
    article = thread.article
    if article is None or (article.id is None and article.url is None):
        yield "digest", thread.digest()
    else:
        if article.id is not None:
            yield "id", (article.site, article.id)
        if article.url is not None:
            yield "url", article.url
    if by == "author":
        yield from (("author", c.author.key) for c in thread if c.author is not None)
    if by == "site" and article is not None and article.site is not None:
        yield "site", article.site


@given(corpora, ways, st.integers(0, 5))
def test_every_thread_is_in_one_part_in_the_order_given(corpus, by, seed):
    made = split(corpus, by, seed=seed)
    assert sorted(map(id, corpus)) == sorted(id(t) for part in made.parts for t in part)
    order = {id(t): n for n, t in enumerate(corpus)}
    for part in made.parts:
        assert [order[id(t)] for t in part] == sorted(order[id(t)] for t in part)
    assert made.names == ("train", "validation", "test")
    assert [made[name] for name in made.names] == list(made.parts)


@given(corpora, ways, st.integers(0, 5))
def test_nothing_that_ties_is_in_two_parts(corpus, by, seed):
    """No discussion, and no known author or site where these tie."""
    made = split(corpus, by, ratios=HALVES, seed=seed)
    held = [{tie for t in part for tie in ties(t, by)} for part in made.parts]
    assert held[0].isdisjoint(held[1])


@given(corpora, ways)
def test_groups_are_the_connected_components(corpus, by):
    """By networkx: threads and what ties them are the two sides of a graph."""
    graph = nx.Graph()
    for n, t in enumerate(corpus):
        graph.add_edges_from((("thread", n), tie) for tie in ties(t, by))
    sizes = [
        sum(node[0] == "thread" for node in component)
        for component in nx.connected_components(graph)
    ]
    made = split(corpus, by)
    assert (made.groups, made.largest) == (len(sizes), max(sizes, default=0))


@given(corpora.flatmap(lambda c: st.tuples(st.just(c), st.permutations(c))), ways)
def test_the_order_of_the_threads_is_no_matter(corpora, by):
    one, other = (split(corpus, by, ratios=HALVES) for corpus in corpora)
    assert [set(part) for part in one.parts] == [set(part) for part in other.parts]


def part_of(made, thread):
    return next(n for n, part in zip(made.names, made.parts, strict=True) if thread in part)


def test_threads_that_come_later_leave_the_others_where_they_are():
    """All of them, where they tie nothing together."""
    old = [thread(f"old{n}", f"author{n}") for n in range(200)]
    new = [thread(f"new{n}", f"other{n}") for n in range(200)]
    for by in ("thread", "author"):
        before, after = split(old, by), split(old + new, by)
        assert all(part_of(before, t) == part_of(after, t) for t in old)


def test_a_thread_that_joins_a_group_seldom_moves_it():
    """It does where its hash is the smallest: one time in ten for a group of nine."""
    groups = [[thread(f"{g}.{n}", f"author{g}") for n in range(9)] for g in range(100)]
    old = [t for group in groups for t in group]
    new = [thread(f"new{g}", f"author{g}") for g in range(100)]
    before, after = (split(corpus, "author", ratios=HALVES) for corpus in (old, old + new))
    moved = sum(part_of(before, group[0]) != part_of(after, group[0]) for group in groups)
    assert moved < 15


def test_a_discussion_that_has_grown_stays_in_its_part():
    old = [thread(f"t{n}") for n in range(50)]
    grown = [edit.add(t, Comment("new")) for t in old]
    before, after = split(old), split(grown)
    assert all(part_of(before, a) == part_of(after, b) for a, b in zip(old, grown, strict=True))


def test_captures_of_one_discussion_go_together_through_any_that_know_both_names():
    by_url, by_id = Thread(Article(url="u")), Thread(Article(id="1", site="s"))
    both = Thread(Article(url="u", id="1", site="s"))
    assert split([by_url, by_id]).groups == 2
    assert split([by_url, by_id, both]).groups == 1
    assert split([Thread(), Thread(), Thread(None, [Comment("1")])]).groups == 2


def test_parts_are_about_as_large_as_asked_for():
    corpus = [thread(f"t{n}") for n in range(2_000)]
    for ratios, shares in [
        ({"train": 0.8, "test": 0.2}, [1_600, 400]),
        ((8, 1, 1), [1_600, 200, 200]),
        ([1, 1], [1_000, 1_000]),
        ([3], [2_000]),
    ]:
        made = split(corpus, ratios=ratios)
        got = list(map(len, made.parts))
        assert all(abs(a - b) < 100 for a, b in zip(got, shares, strict=True)), got
    assert split(corpus, ratios=[3]).names == ("0",)


def test_a_group_of_many_threads_is_put_by_lot_like_any_other():
    """Its smallest hash is small, and that must not send it to the first part."""
    corpus = [thread(f"{g}.{n}", f"author{g}") for g in range(400) for n in range(10)]
    first, second = split(corpus, "author", ratios=HALVES).parts
    assert abs(len(first) - len(second)) < 1_000


def test_a_split_is_the_same_in_every_process():
    program = """if True:
        from discourse import Article, Thread
        from discourse.query import split
        made = split([Thread(Article(id=str(n))) for n in range(40)], seed="x")
        print([t.article.id for t in made["test"]])
    """
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert outputs == {"['4', '20', '22', '34', '35', '37']\n"}


# -- what is told ----------------------------------------------------------------------------------


def kinds(made):
    return [problem.kind for problem in made.problems]


def test_comments_by_unknown_authors_are_told():
    made = split([thread("1", None, "A"), thread("2", None, None)], "author", ratios=[1])
    assert kinds(made) == ["unknown"] and made.problems[0].values == (3,)
    assert split([thread("1", None), thread("2", None)], "author").groups == 2


def test_one_who_was_to_tie_nothing_is_told_of_in_several_parts():
    corpus = [thread(f"t{n}", "bot", f"a{n}") for n in range(20)]
    assert split(corpus, "author").groups == 1
    made = split(corpus, "author", untied=["bot"], ratios=HALVES)
    assert made.groups == 20 and kinds(made) == ["untied"]
    assert made.problems[0].values == ("bot",)


def test_a_group_of_more_than_half_and_a_part_of_none_are_told():
    corpus = [thread(f"t{n}", "A") for n in range(9)] + [thread("x", "B")]
    made = split(corpus, "author")
    assert "large-group" in kinds(made) and "empty-part" in kinds(made)
    assert kinds(split([])) == []


def test_a_function_ties_by_what_it_gives_and_none_ties_nothing():
    corpus = [thread(str(n), language="de" if n % 2 else None) for n in range(10)]
    made = split(corpus, by=lambda t: t.article.language, ratios=[1])
    assert made.groups == 6 and kinds(made) == ["unknown"]
    assert len(made.problems[0].values) == 5
    assert kinds(split([thread("1", site="s"), Thread()], "site", ratios=[1])) == ["unknown"]


@pytest.mark.parametrize(
    "options",
    [
        {"by": "colour"},
        {"ratios": {}},
        {"ratios": []},
        {"ratios": {"a": 0}},
        {"ratios": {"a": -1}},
        {"ratios": {"a": float("inf")}},
        {"ratios": {"a": float("nan")}},
        {"ratios": {"a": True}},
        {"ratios": {"a": 10**400, "b": 1}},
        {"ratios": [1e308, 1e308]},
        {"ratios": [10**308, 10**308, 0.5]},
        {"ratios": {1: 1}},
        {"ratios": "80:20"},
        {"ratios": 0.8},
        {"seed": None},
        {"seed": 10**5_000},
        {"by": ["author"]},
        {"by": lambda thread: [thread]},
        {"by": "author", "untied": "bot"},
    ],
)
def test_what_cannot_be_asked_for_is_refused(options):
    with pytest.raises(FieldError):
        split([thread("1")], **options)


def test_what_is_no_thread_is_refused():
    with pytest.raises(FieldError, match="only threads"):
        split(thread("1", "A"))
    with pytest.raises(FieldError, match="must be an iterable of threads"):
        split(None)
    with pytest.raises(FieldError, match="'train', 'validation', 'test'"):
        split([])["dev"]


def test_participants_are_authors_of_articles_too():
    threads = [
        Thread(Article(id="a", authors=[Author("Ada")]), [Comment("1", author=Author("Bo"))]),
        Thread(Article(id="b"), [Comment("1", author=Author("Ada"))]),
        Thread(Article(id="c", authors=[Author("Cy")])),
    ]
    assert split(threads, by="author").groups == 3
    assert split(threads, by="participant").groups == 2
    assert split(threads, by="participant", untied=["Ada"]).groups == 3
