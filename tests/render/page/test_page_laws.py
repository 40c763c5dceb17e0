"""Pages: they say everything, run nothing, ask nobody, and are as large as what they say."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse import Comment, Source, TextFormat, Thread
from discourse.render import html
from discourse.strategies import articles, authors, comments, deep_threads, ids, threads


def words(text):
    """A text without white space, and without what may be the mark of an item or a quote."""
    return re.sub(r"[-*\u2022>\s0-9.)]", "", text)


#: Pieces that mean something to some browser, somewhere. All are put together at random.
PIECES = [
    *("<script>alert(1)</script>", "</script>", "<img src=x onerror=alert(1)>", "</style>", "<!--"),
    *("-->", "<svg onload=alert(1)>", "<math>", "javascript:alert(1)", "</details></article>"),
    *("</title>", "<a href='javascript:alert(1)'>x</a>", "<base href=//evil.example>", "]]>", "<"),
    *("<iframe srcdoc='<script>alert(1)</script>'>", '" onfocus="alert(1)', "' x='", "&lt;b&gt;"),
    *("<form action=//evil.example><input name=id>", "<p id=keys name=body class=tools>", "&#60;"),
    *("\x00", "\u202e", "\u2066", "\x1b[2J", "\u2028", "\r\n", "https://example.org/?a=1&b='\"<>"),
    *("<plaintext>", "<noscript><p title='</noscript>", "<template>", "<table><td>", "<li>", ">"),
    *("data:text/html,<script>alert(1)</script>", "<style>*{background:url(//evil.example)}", "`"),
    *("<meta http-equiv=refresh content=0>", "<link rel=stylesheet href=//evil.example>", "=", "#"),
    *("<a href=https://example.org onclick=alert(1)>", "<b", "</", "<a><table><a>", "<ul><p><ul>"),
]
HOSTILE = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)
FORMATS = st.sampled_from(TextFormat)


def hostile_threads():
    people = authors(
        name=HOSTILE, id=HOSTILE, display_name=HOSTILE, url=HOSTILE, bio=HOSTILE, avatar_url=HOSTILE
    )
    tags = st.frozensets(HOSTILE, max_size=2)
    return threads(
        max_size=5,
        complete=False,
        ids=HOSTILE,
        comments=comments(
            author=people, text=HOSTILE, text_format=FORMATS, title=HOSTILE, url=HOSTILE,
            tags=tags, language=HOSTILE, meta=st.builds(dict, a=HOSTILE),
        ),
        article=articles(
            title=HOSTILE, text=HOSTILE, text_format=FORMATS, url=HOSTILE, site=HOSTILE, tags=tags,
            authors=st.lists(people, max_size=2), captions=st.lists(HOSTILE, max_size=2),
            language=HOSTILE,
        ),
        source=st.builds(Source, HOSTILE, platform=HOSTILE, url=HOSTILE),
    )  # fmt: skip


@given(hostile_threads(), st.none() | HOSTILE)
def test_no_page_has_anything_but_what_a_page_may_have(check, thread, title):
    found = check(html(thread, title=title))
    assert len(found.all("article", "id")) == len(thread) + 1


@given(st.lists(threads(max_size=4, complete=False), max_size=3))
def test_several_threads_are_one_page_with_places_of_their_own(check, several):
    found = check(html(iter(several)))
    assert sum("c" in (kind or "").split() for kind in found.all("article", "class")) == sum(
        map(len, several)
    )
    assert sum(name == "h1" for name, _ in found.tags) == 1


@given(threads(complete=False))
def test_a_page_is_the_same_every_time_and_links_each_comment_to_its_parent(check, thread):
    page = html(thread)
    assert page == html(thread)
    found = check(page)
    places = [id for id in found.ids if id.startswith("c-")]
    assert len(places) == len(thread)
    links = [attributes_ for name, attributes_ in found.tags if name == "a"]
    answers = [found["href"][1:] for found in links if found.get("class") == "p"]
    parents = [thread.parent(comment) for comment in thread]
    expected = [places[thread.position(parent)] for parent in parents if parent is not None]
    assert answers == expected


@given(st.lists(ids(), min_size=2, max_size=6, unique=True))
@example(["a.2e.b", "a.b", "a..b", "a.2e.2e.b"])
@example(["x" * 101, "x" * 102, "x" * 100, "." * 30, "." * 60])
@example(["\u00e9", "e\u0301", "E", "e", "a b", "a-b", "a.20.b"])
def test_other_ids_have_other_places_which_do_not_move_when_others_come(check, names):
    every = Thread(None, [Comment(name) for name in names])
    places = [id for id in check(html(every)).ids if id.startswith("c-")]
    assert len(set(places)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]{1,120}", place) for place in places)
    alone = check(html(Thread(None, [Comment(names[-1])])))
    assert [id for id in alone.ids if id.startswith("c-")] == [places[-1]]


@given(st.lists(st.text("ab1 <&>'\"-*.1)\n\u05d0\u4e2d", max_size=40), max_size=4))
def test_every_text_is_there_as_it_was(check, texts):
    thread = Thread(None, [Comment(str(n), text=text) for n, text in enumerate(texts)])
    found = check(html(thread)).text
    at = 0
    for text in texts:
        at = words(found).find(words(text), at)
        assert at >= 0


@pytest.mark.parametrize("shape", ["chain", "fan"])
def test_depth_and_width_cost_no_nesting(many, shape):
    size = many
    above = {"chain": lambda n: n - 1, "fan": lambda n: 0}
    thread = Thread(
        None,
        [Comment(str(n), str(max(above[shape](n), 0)) if n else None) for n in range(size)],
    )
    page = html(thread)
    assert page.count("<article ") == size + 1
    assert len(page) < 400 * size
    depth = deepest = 0
    for slash in re.findall(r"<(/?)(?:article|details)\b", page):
        depth += -1 if slash else 1
        deepest = max(deepest, depth)
    assert deepest <= 64


@given(deep_threads(min_size=31, max_size=80, shapes=("chain", "comb")))
def test_deep_branches_go_on_flat_and_whole(check, thread):
    found = check(html(thread))
    assert len(found.all("article", "id")) == len(thread) + 1
    folds = [kind for kind in found.all("details", "class") if kind.startswith("r")]
    assert len(folds) == min(30, thread.depth(max(thread, key=thread.depth)))


@given(threads(complete=False))
def test_a_page_reads_without_its_script(check, thread):
    found = check(html(thread))
    assert all("open" in tag for name, tag in found.tags if name == "details")
    hidden = [tag.get("class") for _, tag in found.tags if "hidden" in tag]
    assert hidden == (["tools"] if len(thread) else [])
