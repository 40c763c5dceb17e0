"""Laws of reading WordPress pages: any tree, printed by any kind of theme, is read back."""

import html

from hypothesis import given
from hypothesis import strategies as st

from discourse import DiscourseError, Status, dumps, loads
from discourse.formats._heads import Head
from discourse.formats.wordpress_html import FORMAT, parse
from discourse.strategies import threads


def modern(id, depth, text, inside):
    return (
        f'<li id="comment-{id}" class="comment even depth-{depth}"><article class="comment-body">'
        f'<b class="fn">Ann</b><div class="comment-content">{text}</div></article>'
        f"{inside and f'<ol class=children>{inside}</ol>'}</li>"
    )


def classic(id, depth, text, inside):
    return (
        f'<li class="comment odd alt depth-{depth}" id="li-comment-{id}"><div id="comment-{id}">'
        f'<cite class="fn">Ann</cite>{text}</div>'
        f"{inside and f'<ul class=children>{inside}</ul>'}</li>"
    )


def behind(id, depth, text, inside):
    return (
        f'<div class="comment even depth-{depth}" id="comment-{id}"><p class="comment-text">{text}</p>'
        f"</div>{inside and f'<ul class=children>{inside}</ul>'}"
    )


def forgotten(id, depth, text, inside):
    return f'<liclass even depth-{depth} id="comment-{id}"><div class="comment-text">{text}</div>{inside}'


def nested(id, depth, text, inside):
    return f'<div id="comment-{id}"><div class="comment-text">{text}</div>{inside}</div>'


def definitions(id, depth, text, inside):
    return f'<dt class="comment even depth-{depth}" id="comment-{id}">Ann<dd>{text}</dd>{inside}'


THEMES = st.sampled_from([modern, classic, behind, forgotten, nested, definitions])


def printed(thread, theme):
    """A page with the comments of a thread, numbered in its order."""
    numbers = {c.id: str(n) for n, c in enumerate(thread.comments, 1)}
    inside = dict.fromkeys(numbers, "")
    top = ""
    for c in reversed(thread.comments):
        text = f"<p>text {numbers[c.id]}: {html.escape((c.text or '')[:20])}</p>"
        item = theme(numbers[c.id], thread.depth(c) + 1, text, inside[c.id])
        if c.parent_id is None:
            top = item + top
        else:
            inside[c.parent_id] = item + inside[c.parent_id]
    return f"<html><body class='hentry'><div>{top}</div></body></html>", numbers


@given(threads(max_size=20), THEMES)
def test_every_tree_is_read_back_from_every_theme(thread, theme):
    page, numbers = printed(thread, theme)
    reading = parse(page)
    expected = [
        (numbers[c.id], None if c.parent_id is None else numbers[c.parent_id]) for c in thread
    ]
    assert [(c.id, c.parent_id) for c in reading.thread] == expected
    for made in reading.thread:
        assert f"text {made.id}:" in made.text
        assert made.text.count("<p>text ") == 1
    assert {p.kind for p in reading.problems} <= {"local-time"}


@given(threads(max_size=12), THEMES, st.data())
def test_every_beginning_of_a_page_is_whole_or_told(thread, theme, data):
    page, _ = printed(thread, theme)
    cut = data.draw(st.integers(0, len(page)))
    try:
        reading = parse(page[:cut])
    except DiscourseError:
        return
    is_told = "truncated" in [p.kind for p in reading.problems]
    assert is_told == (6 <= cut < page.index("</body>") + len("</body>"))
    ids = {c.id for c in reading.thread if c.status is not Status.MISSING}
    assert ids <= {c.id for c in parse(page).thread}
    assert loads(dumps(reading.thread)) == reading.thread


PIECES = st.sampled_from(
    [
        '<li class="comment even depth-1" id="comment-1">', '<li class="comment odd depth-2">',
        '<div id="comment-2">', '<div id="wpd-comm-3_1">', '<div id="wc-comm-3_3">', "<dt id=comment-4>",
        "<dd>", '<ul class="children">', "</ul>", "</li>", "</div>", '<b class="fn">', "</b>",
        '<div class="comment-content">', "<p>", "text", '<time datetime="2020-01-01T00:00:00+00:00">',
        '<time datetime="x">', '<a href="#comment-1">', '<a href="http://[">', "</a>",
        '<a class="comment-reply-link" data-commentid="7">', '<img class="avatar" src="x">',
        '<link rel="canonical" href="http://[">', '<meta property="og:title" content="&#9;">',
        '<script type="application/ld+json">{"@type":"Article"}</script>', "<script>", "</script>",
        '<div class="entry-content">', '<h1 class="entry-title">', "<!--", "-->", "<html>", "</html>",
        '<body class="postid-7">', '<li class="pingback even depth-1" id="comment-8">', "&#0;", "<table>",
        '<div class="comment-author vcard">', '<div class="comment-meta">1', "<noscript>", "hentry",
    ]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join))
def test_soup_raises_nothing_but_our_own(source):
    FORMAT.fits(Head(source))
    try:
        reading = parse(source)
    except DiscourseError:
        return
    thread = reading.thread
    assert loads(dumps(thread)) == thread
    assert reading.inferred <= {c.id for c in thread}
    assert all(p.message.isprintable() for p in reading.problems)
