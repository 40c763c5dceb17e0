"""What pages say, case by case, and that what they say can be read."""

import datetime as dt
import re

import pytest

from discourse import Article, Author, Comment, FieldError, Source, Stub, Thread
from discourse.query import filter, matching
from discourse.render import html

NOON = dt.datetime(2024, 5, 31, 12, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))


def body(*comments_, article=None, **rest):
    page = html(Thread(article, comments_, **rest))
    return page[page.index("<main>") : page.index("</main>")]


def test_a_comment_tells_all_that_is_known_of_it():
    author = Author(
        "ada_l", id="7", display_name="Ada L.", url="https://example.org/ada", is_bot=True
    )
    page = body(
        Comment(
            "x y", None, author, "Hi", created_at=NOON, edited_at=NOON, score=-3, upvotes=1200,
            downvotes=4, title="Re", tags=["pinned"], url="https://example.org/1", language="en_GB",
            reply_count=2, status="pending",
        )
    )  # fmt: skip
    for part in (
        '<article class="c gone" id="c-x.20.y">',
        'rel="nofollow noopener ugc"><bdi>Ada L.</bdi></a></h3>',
        '<span dir="auto">ada_l</span>',
        '<span class="g">bot</span>',
        '<time datetime="2024-05-31T10:30:00Z">31 May 2024, 12:30 UTC+02:00</time>',
        "<span>score \u22123</span> <span>1,200 up</span> <span>4 down</span>",
        "<span>edited 31 May 2024, 12:30 UTC+02:00</span>",
        '<span class="state">waiting for a moderator</span>',
        '<span class="g" dir="auto">pinned</span>',
        '<a href="https://example.org/1" rel="nofollow noopener ugc">original</a>',
        '<a class="l" href="#c-x.20.y" title="id x y">#1</a>',
        '<p class="ti" dir="auto" lang="en-GB">Re</p>',
        '<div class="t plain" lang="en-GB" dir="auto"><p>Hi</p></div>',
        "2 replies at the source, none here",
    ):
        assert part in page


def test_what_is_unknown_is_said_and_nothing_is_made_up():
    page = body(Comment("1"), Comment("2", text=""), Comment("3", status="missing"))
    assert page.count(">unknown author</h3>") == 2
    assert page.count(">no text here</p>") == 1
    assert page.count(">empty</p>") == 1
    assert ">missing comment</h3>" in page
    assert "known only because a reply names it" in page
    assert "1 of these is missing" in page
    assert "<time" not in page
    assert "score" not in page


def test_every_status_is_said_in_words():
    said = {
        "spam": "withheld as spam",
        "hidden": "hidden at the source",
        "deleted": "deleted by its author",
        "removed": "removed by a moderator or the site",
    }
    for status, told in said.items():
        assert told in body(Comment("1", text="x", status=status))


def test_replies_are_counted_and_folded():
    page = body(
        Comment("1"), Comment("2", "1"), Comment("3", "2"), Comment("4", "1", reply_count=9)
    )
    assert '<details class="r" open><summary>2 replies, 3 in all</summary>' in page
    assert '<details class="r" open><summary>1 reply</summary>' in page
    assert "9 replies at the source, none here" in page


def test_stubs_are_said_where_they_stand():
    page = body(
        Comment("1"),
        Comment("2", "1"),
        stubs=[Stub("1", "more", count=1200), Stub("2", "blocked"), Stub(None, ids=("a", "b"))],
    )
    assert "(more at the source: 1,200 comments)</p>\n</details>" in page
    assert "(the source does not show more)" in page
    assert page.rstrip().endswith("(more at the source: 2 comments)</p>\n</section>\n</div>")


def test_an_article_has_its_headline_byline_body_captions_and_bios():
    page = body(
        article=Article(
            "Bridge <to> close",
            authors=[Author("Bo", bio="Bo writes.\n\nA lot."), Author(url="https://example.org")],
            site="The Example", created_at=NOON, edited_at=NOON, score=2, comment_count=7,
            text="One.\n\nTwo.", captions=["The bridge"], tags=["coast"],
            url="https://example.org/bridge", language="en",
        )
    )  # fmt: skip
    for part in (
        '<h1 lang="en" dir="auto">Bridge &lt;to&gt; close</h1>',
        '<span class="by">by <bdi>Bo</bdi>, ',
        "<bdi>unknown author</bdi></a></span>",
        "The Example",
        '<details class="body" open><summary>Article</summary>',
        "<p>One.</p><p>Two.</p>",
        '<li dir="auto">The bridge</li>',
        "<p>Bo writes.</p><p>A lot.</p>",
        "<h2>0 comments</h2>",
        "the source says 7",
    ):
        assert part in page


def test_plain_text_keeps_its_lists_quotes_and_lines():
    text = "Two:\n1. one\n2. two\n\n- a\n* b\n\n> so\n> it\nNo.\n\n- Hi.\n\n3. x\n7. y\n\n  in"
    assert (
        "<p>Two:</p><ol><li>one</li><li>two</li></ol><ul><li>a</li><li>b</li></ul>"
        "<blockquote><p>so\nit</p></blockquote><p>No.</p><p>- Hi.</p><p>3. x\n7. y</p><p>  in</p>"
    ) in body(Comment("1", text=text))


def test_a_list_may_begin_anywhere():
    assert '<ol start="4"><li>d</li><li>e</li></ol>' in body(Comment("1", text="4) d\n5) e"))


def test_markup_of_other_kinds_is_shown_as_it_is():
    for kind in ("markdown", "wikitext", "bbcode", "other"):
        assert "<p>- **a**\n- [b]</p>" in body(
            Comment("1", text="- **a**\n- [b]", text_format=kind)
        )


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("see https://example.org/a?b=1&c=2.", "https://example.org/a?b=1&c=2"),
        ("(https://example.org/x)", "https://example.org/x"),
        ("https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("HTTP://EXAMPLE.ORG!", "HTTP://EXAMPLE.ORG"),
    ],
)
def test_addresses_in_plain_text_are_links(check, text, address):
    page = html(Thread(None, [Comment("1", text=text)]))
    assert address in check(page).all("a", "href")


@pytest.mark.parametrize("text", ["javascript:alert(1)", "https://", "ftp://example.org", "/x"])
def test_other_words_are_none(text):
    assert text in body(Comment("1", text=text))
    assert 'rel="' not in body(Comment("1", text=text, url=text))


def test_characters_that_steer_are_shown_and_marks_of_direction_stay():
    page = body(
        Comment("1", text="a\u202eb\x1b[2J \u05d0\u200f! \u2066c\r\nd", author=Author("x\u202e"))
    )
    assert "a\\u202eb\\x1b[2J \u05d0\u200f! \\u2066c\nd" in page
    assert "<bdi>x\\u202e</bdi>" in page


def test_one_person_has_one_colour_and_those_without_a_key_have_none():
    page = body(
        Comment("1", author=Author("Ada", id="7")),
        Comment("2", author=Author("Countess", id="7")),
        Comment("3", author=Author(display_name="Nobody")),
    )
    first, second = re.findall(r'<h3 class="(k\d+)">', page)
    assert first == second
    assert "<h3><bdi>Nobody</bdi></h3>" in page


def test_a_page_says_where_it_is_from():
    source = Source("wxr", platform="wordpress", url="https://example.org/x", retrieved_at=NOON)
    page = html(Thread(source=source))
    assert (
        '<p class="note">From wordpress, read as wxr, fetched 31 May 2024, 12:30 UTC+02:00, from '
        '<a href="https://example.org/x" rel="nofollow noopener ugc">https://example.org/x</a></p>'
    ) in page
    assert "<footer>" not in html(Thread())


def test_several_threads_are_listed_and_numbered(check):
    one = Thread(Article("One"), [Comment("1")])
    page = html([one, one])
    found = check(page)
    assert {"t1-c-1", "t2-c-1"} <= set(found.ids)
    assert '<li><a href="#t2"><bdi>One</bdi></a>, 1 comment</li>' in page
    assert '<h1 dir="auto">2 discussions</h1>' in page
    assert "There is nothing to show." in html([])
    assert html([one]) == html(one)
    assert "<title>Mine</title>" in html(one, title="Mine")


@pytest.mark.parametrize("wrong", [None, 7, "text", b"", [Comment("1")], Comment("1")])
def test_what_are_no_threads_is_refused(wrong):
    with pytest.raises(FieldError, match="must be a Thread, or an iterable of Thread"):
        html(wrong)


def test_a_title_that_is_no_text_is_refused():
    with pytest.raises(FieldError, match="must be a string, or None"):
        html(Thread(), title=7)


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    light = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def contrast(one, other):
    """The contrast ratio of WCAG 2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_colour_of_text_is_legible_in_the_light_and_in_the_dark(check):
    style = check(html(Thread())).style
    schemes = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    ]
    for scheme in schemes:
        assert len(scheme) == 7 + 12
        grounds = [scheme[name] for name in ("paper", "mark", "tint")]
        for name in {"ink", "soft", "link", *(f"k{n}" for n in range(12))}:
            for ground in grounds:
                assert contrast(scheme[name], ground) >= 4.5, (name, ground)


def test_a_page_loads_nothing(check):
    found = check(html(Thread()))
    assert "url(" not in found.style
    assert "@import" not in found.style
    for call in ("fetch", "XMLHttpRequest", "innerHTML", "eval", "import(", "http"):
        assert call not in found.script


def test_the_index_of_several_threads_tells_how_many_wrote_and_when():
    noon = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
    rows = [
        Comment("1", None, Author("Ada"), created_at=noon),
        Comment("2", "1", Author("Bo"), created_at=noon + dt.timedelta(days=2)),
    ]
    busy, short = Thread(None, rows), Thread(Article("Rain"), rows[:1])
    page = html({"<a>.json": busy, "b.json": short, "c.json": Thread()})
    entries = re.findall(r'<li><a href="#t\d"><bdi>(.*?)</bdi></a>, (.*?)</li>', page)
    assert entries == [
        ("&lt;a&gt;.json", "2 comments, 2 people, 1 May 2024 to 3 May 2024"),
        ("Rain", "1 comment, 1 person, 1 May 2024"),
        ("c.json", "0 comments"),
    ]


def test_comments_that_are_only_context_are_told_from_matches():
    thread = Thread(None, [Comment("1", text="Why?"), Comment("2", "1", text="A bus.")])
    page = html(filter(thread, matching("bus")))
    assert '<article class="c context" id="c-1">' in page and '<article class="c" id="c-2">' in page


@pytest.mark.parametrize(("count", "groups"), [(100, 0), (101, 2), (250, 3)])
def test_many_top_level_branches_stand_in_groups_that_a_browser_passes_over(check, count, groups):
    top = [Comment(f"{n}") for n in range(count)]
    replies = [Comment(f"r{n}", f"{n}") for n in range(count)]
    found = check(html(Thread(None, [*top, *replies])))
    assert found.all("div", "class").count("group") == groups
    assert len([id for id in found.ids if id.startswith("c-")]) == 2 * count
