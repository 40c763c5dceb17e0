"""Pages of WordPress sites, as themes of all ages print them."""

import datetime as dt
import io
import json
import re
import zoneinfo

import pytest
from hypothesis import settings

import discourse
from discourse import Author, ParseError, Status
from discourse.formats._heads import Head
from discourse.formats.wordpress_html import FORMAT, parse


def page(body, *, head="", attributes=' class="single postid-9"', generator="WordPress 6.4"):
    """A whole page with a body."""
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><meta name="generator" content="{generator}">'
        f"<title>A tale | Tales</title>{head}</head><body{attributes}>{body}</body></html>"
    )


def comment(id, depth, text="So it is.", *, name="Ann", classes="", inside="", time=None):
    """A comment as the current default theme prints it, its replies inside."""
    stamp = f'<time datetime="{time}">some day</time>' if time else "3 May 2020"
    return (
        f'<li id="comment-{id}" class="comment {classes} even depth-{depth}">'
        f'<article id="div-comment-{id}" class="comment-body"><footer class="comment-meta">'
        f'<div class="comment-author vcard"><img class="avatar" src="https://a.example/{id}.png">'
        f'<b class="fn">{name}</b> <span class="says">says:</span></div>'
        f'<div class="comment-metadata"><a href="https://t.example/a/#comment-{id}">{stamp}</a></div>'
        f'</footer><div class="comment-content"><p>{text}</p></div>'
        f'<div class="reply"><a class="comment-reply-link" href="?replytocom={id}">Reply</a></div>'
        f"</article>{inside}</li>"
    )


def tree_of(source, **options):
    """Each comment's id and parent, in the order of the thread."""
    return [(c.id, c.parent_id) for c in parse(source, **options).thread]


def only(source, **options):
    """The one comment of a source."""
    (made,) = parse(source, **options).thread
    return made


# --- one comment -----------------------------------------------------------------------------


def test_a_comment_of_the_default_theme_has_all_its_fields():
    url = '<a href="https://ann.example" class="url" rel="external nofollow">Ann</a>'
    reading = parse(page(comment(7, 1, name=url, time="2020-05-03T10:00:00+02:00")))
    (made,) = reading.thread
    assert reading.problems == ()
    assert made.id == "7" and made.parent_id is None
    assert made.author == discourse.Author(
        "Ann", url="https://ann.example", avatar_url="https://a.example/7.png"
    )
    assert made.text == "<p>So it is.</p>" and made.text_format == "html"
    assert made.created_at == dt.datetime(2020, 5, 3, 8, tzinfo=dt.UTC)
    assert made.url == "https://t.example/a/#comment-7"
    assert made.status is Status.VISIBLE and not made.tags and not made.meta


CLASSIC = """
<ol class="commentlist"><li class="comment even thread-even depth-1" id="comment-3">
<div id="div-comment-3" class="comment-body"><div class="comment-author vcard">
<cite class="fn">Bo &amp; Co</cite> <span class="says">schreibt:</span></div>
<div class="comment-meta commentmetadata"><a href="/a/#comment-3">3. Mai 2008 um 21:07</a>
<a class="comment-edit-link" href="#">(Bearbeiten)</a></div>
<p>One<br/>two</p>
<blockquote><p>three</p></blockquote>
<div class="reply"><a class="comment-reply-link" href="?replytocom=3#respond">Antworten</a></div>
</div></li></ol>
"""


def test_the_classic_markup_has_its_text_among_the_rest():
    reading = parse(page(CLASSIC, head='<link rel="canonical" href="https://t.example/a/">'))
    (made,) = reading.thread
    assert made.author.name == "Bo & Co"
    assert made.text == "<p>One<br/>two</p>\n<blockquote><p>three</p></blockquote>"
    assert made.created_at is None and made.meta == {
        "date": "3. Mai 2008 um 21:07",
        "created_at_local": "2008-05-03T21:07:00",
    }
    assert made.url == "https://t.example/a/#comment-3"
    assert [p.kind for p in reading.problems] == ["local-time"]
    assert reading.problems[0].ids == ("3",)


def test_a_list_of_comments_alone_is_enough():
    assert tree_of(CLASSIC) == [("3", None)]
    assert only(CLASSIC).url is None  # relative to a page that is not known
    assert only(CLASSIC, url="https://t.example/b/").url == "https://t.example/a/#comment-3"


BLOCKS = """
<div class="wp-block-comments"><h2 class="wp-block-comments-title">One response to “A tale”</h2>
<ol class="wp-block-comment-template"><li id="comment-5" class="comment even thread-even depth-1">
<div class="wp-block-columns"><div class="wp-block-avatar"><img class="avatar" src="/ann.png"/></div>
<div class="wp-block-comment-author-name has-small-font-size"><a href="https://ann.example">Ann</a></div>
<div class="wp-block-comment-date"><time datetime="2023-05-03T10:00:00+00:00">
<a href="https://t.example/a/#comment-5">3 May</a></time></div>
<div class="wp-block-comment-content"><p>Yes.</p></div>
<div class="wp-block-comment-reply-link"><a class="comment-reply-link" href="#">Reply</a></div></div>
<ol><li id="comment-6" class="comment odd alt depth-2"><div class="wp-block-comment-content"><p>No.</p>
</div></li></ol></li></ol></div>
"""


def test_block_themes_are_read():
    thread = parse(page(BLOCKS)).thread
    assert [(c.id, c.parent_id, c.text) for c in thread] == [
        ("5", None, "<p>Yes.</p>"),
        ("6", "5", "<p>No.</p>"),
    ]
    assert thread["5"].author.name == "Ann" and thread["5"].author.url == "https://ann.example"
    assert thread["5"].created_at == dt.datetime(2023, 5, 3, 10, tzinfo=dt.UTC)
    assert thread.article.comment_count == 1


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ("<b class=fn>Ann</b>", "Ann"),
        ("<cite><strong>Ann</strong> dijo:</cite>", "Ann"),
        ("<cite>Ann says:</cite>", "Ann"),
        ("<p><cite>Comment by Ann — 17.07, 2011 @ 13:04</cite></p>", "Ann"),
        ('<div class="comment-author">Ann Lee <span><time>3 May</time></span></div>', "Ann Lee"),
        ('<cite class="fn">Ann, </cite>', "Ann"),
        ('<cite class="fn">Ann<br><span>Author</span></cite>', "Ann"),
        ('<span class="author_name">Ann </span>', "Ann"),
        ('<p class="vcard"><img class=avatar src=x></p><span class="author">Ann</span>', "Ann"),
        ('<a rel="external nofollow" href="https://a.example">Ann</a>', "Ann"),
        ('<a class="comment-reply-link" aria-label="Reply to Ann Lee">Reply</a>', "Ann Lee"),
        ('<cite class="fn">名無し</cite>', "名無し"),
        ("<h5 class=mt-0><a href=/x>Ann</a><p class=comment-time>3 May</p></h5>", "Ann"),
        ('<h5 class="comment-title">Ann says:</h5>', "Ann"),
        ('<strong class="comment__author">Ann</strong>', "Ann"),
        ('<cite class="fn"></cite>', None),
    ],
)  # fmt: skip
def test_names_are_found_wherever_themes_print_them(markup, name):
    made = only(f'<li class="comment even depth-1" id="comment-1">{markup}<p>Text.</p></li>')
    assert (made.author and made.author.name) == name
    assert made.text == "<p>Text.</p>"


def test_a_picture_has_no_name_where_the_name_stands_elsewhere():
    """The link below a picture leads to the profile."""
    made = only(
        '<li class="comment even depth-1" id="comment-5"><div class="comment-author avatar-cell">'
        '<a href="javascript:;">Profile</a></div><div class="comment_author">Ann</div>'
        '<div class="comment-content"><p>So it is.</p></div></li>'
    )
    assert made.author.name == "Ann"


def test_a_time_may_be_an_attribute_of_the_link():
    """It is none of the text then, and neither is what parts it from the name."""
    made = only(
        '<li class="comment even depth-1" id="comment-5"><div class="comment"><p><span '
        'class="author">Ann</span> &bull; <a href="#comment-5" class="time" '
        'datetime="2014-12-06T15:38:13+02:00">2 weeks ago</a> </p><p>So it is.</p></div></li>'
    )
    assert (made.author.name, made.text) == ("Ann", "<p>So it is.</p>")
    assert made.created_at.isoformat() == "2014-12-06T15:38:13+02:00"


def test_a_name_in_the_text_is_nobodys():
    text = "<p>As <cite>Bo</cite> wrote</p>"
    made = only(
        f'<li class="comment even depth-1" id="comment-1"><div class="comment-content">{text}</div></li>'
    )
    assert made.author is None and made.text == text


def test_anonymous_is_no_author():
    made = only(comment(1, 1, name="Anonymous"))
    assert made.author is None
    assert made.meta["author"] == "Anonymous"
    assert made.meta["avatar_url"] == "https://a.example/1.png"


def test_a_registered_user_is_known_by_the_name_in_addresses():
    made = only(comment(1, 1, classes="byuser comment-author-ann-lee"))
    assert (made.author.name, made.author.id, made.author.key) == ("Ann", "ann-lee", "ann-lee")


def test_pictures_that_load_late_are_taken_once():
    late = (
        '<div class="vcard"><img class="avatar" src="data:image/svg+xml,x" data-lazy-src="https://a/1.png">'
        '<noscript><img class="avatar" src="https://a/2.png"></noscript><b class="fn">Ann</b></div>'
    )
    make = '<li class="comment even depth-1" id="comment-1">{}<p>Text.</p></li>'
    assert only(make.format(late)).author.avatar_url == "https://a/1.png"
    spare = late.replace(' data-lazy-src="https://a/1.png"', "")
    assert only(make.format(spare)).author.avatar_url == "https://a/2.png"


def test_what_themes_and_plugins_put_into_a_text_is_left_out():
    text = (
        '<p>Text <img class="wp-smiley" alt="🙂" src="x"></p>'
        '<p class="comment-likes"><a class="comment-like-link" href="?like_comment=1">Like</a></p>'
        '<div class="cs-rating pd-rating"></div>'
        '<span class="comments"><a class="comment-reply-link" href="#">Reply</a></span><br/>'
        '<span class="x-report-link" id="comment-1-mark"><a href="#">Report</a></span>'
        '<div class="tools"><a class="share" href="?text=Text">Share</a></div>'
        '<span class="wpdiscuz-readmore" title="More">More</span>'
    )
    made = only(
        f'<li class="comment even depth-1" id="comment-1"><div class="comment-content">{text}</div></li>'
    )
    assert made.text == '<p>Text <img class="wp-smiley" alt="🙂" src="x"></p>'
    assert discourse.plain.plain_text(made) == "Text 🙂"


def test_a_text_is_the_source_and_not_written_anew():
    odd = "<P>a&nbsp;b &amp c<BR />d<p>e"
    made = only(
        f'<li class="comment even depth-1" id="comment-1"><div class="comment-content">{odd}</div></li>'
    )
    assert made.text == odd


def test_a_paragraph_cannot_hold_paragraphs_though_themes_have_it_so():
    source = '<li class="comment even depth-1" id="comment-1"><b class="fn">Ann</b>'
    assert only(f'{source}<p class="comment-text"><p>a</p><p>b</p></p></li>').text.startswith(
        "<p>a</p><p>b</p>"
    )
    assert only(f'{source}<p class="comment-text">a</p></li>').text == "a"


@pytest.mark.parametrize(
    "notice",
    [
        '<em class="comment-awaiting-moderation">Dein Kommentar wartet.</em><br />',
        '<p class="comment-awaiting-moderation">Your comment is awaiting moderation.</p>',
        "<em>Your comment is awaiting moderation.</em><br/>",
        "<p><em>Votre commentaire est en attente de modération.</em></p>",
        '<div class="comment_not_approved">Wait.</div>',
    ],
)
def test_comments_that_wait_are_pending(notice):
    made = only(
        f'<li class="comment even depth-1" id="comment-1"><div class="comment-body">'
        f'<b class="fn">Ann</b>{notice}<p>Text.</p></div></li>'
    )
    assert made.status is Status.PENDING and made.text == "<p>Text.</p>"


def test_pings_are_tagged_and_have_a_link_and_no_text():
    made = only(
        '<li class="pingback even depth-1" id="comment-4"><div class="comment-body">Pingback: '
        '<a href="https://b.example" rel="external nofollow" class="url">A blog</a></div></li>'
    )
    assert made.tags == {"pingback"} and made.text is None
    assert (made.author.name, made.author.url) == ("A blog", "https://b.example")


@pytest.mark.parametrize("mark", ["[...]", "[&#8230;]", "[&hellip;]", "[…]"])
def test_a_pingback_has_the_text_that_wordpress_took_from_the_other_page(mark):
    made = only(
        '<li class="pingback even depth-1" id="comment-4"><div class="comment-body">'
        '<cite class="fn"><a href="https://b.example" class="url">A blog</a></cite> says: '
        f"<p>{mark} so says the mill {mark}</p></div></li>"
    )
    assert made.tags == {"pingback"} and made.text == f"<p>{mark} so says the mill {mark}</p>"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("[&#8230;] so says the mill [&#8230;]", {"pingback"}),
        ("[...] so says the mill [...]", {"pingback"}),
        ("[&#8230;] so says the mill", set()),
        ("[&#8230;]", set()),
        ("[&#8230;] so <b>says</b> the mill [&#8230;]", set()),
        ("[&#8230;] so says the mill [&#8230;] Really?", set()),
    ],
)
def test_a_pingback_without_its_class_is_known_by_its_text(text, tags):
    assert only(comment(4, 1, text, name="A blog &raquo; A tale")).tags == tags


def test_pings_of_old_themes_have_neither_id_nor_depth():
    ping = '<li class="post pingback"><p>Pingback: <a rel="external" href="https://b.example">B</a></p></li>'
    reading = parse(comment(1, 1, inside=f'<ul class="children">{comment(2, 2)}</ul>') + ping)
    assert [(c.id, c.parent_id) for c in reading.thread] == [("1", None), ("2", "1"), ("n3", None)]
    assert reading.thread["n3"].tags == {"pingback"}
    assert reading.thread["n3"].author.name == "B"
    assert "no-id" in [p.kind for p in reading.problems]


@pytest.mark.parametrize("kind", ["Pingback", "Trackback"])
def test_themes_of_old_print_what_a_ping_is_before_its_name(kind):
    """The words before the name are none of it, in whatever language the theme is."""
    markup = (
        f'<li id="comment-5"><cite>{kind} von <a href="http://b.example/" rel="external">Weir</a>'
        '</cite> | <small><a href="#comment-5">11.09.2011</a></small><p>[...] seen</p></li>'
    )
    made = only(page(f'<ol class="commentlist">{markup}</ol>'))
    assert made.author.name == "Weir"
    assert made.tags == {kind.lower()}


@pytest.mark.parametrize(
    "inside", ["&nbsp;", 'Ping here: <a href="https://a.example/mill/trackback/">this</a>']
)
def test_a_box_for_trackbacks_is_none(inside):
    made = parse(page(f'<div class="trackback">{inside}</div><p>The end.</p>'))
    assert len(made.threads[0]) == 0


@pytest.mark.parametrize(
    "inside", ['<a name="pings">Pings</a>', '<link href="https://a.example/">Pings']
)
def test_a_ping_without_an_id_has_a_link(inside):
    made = parse(page(f'<div class="trackback">{inside}</div><p>The end.</p>'))
    assert len(made.threads[0]) == 0


def test_the_classes_of_a_text_are_none_of_the_comments():
    text = '<span class="pingback bypostauthor">So</span> it is.'
    made = only(page(comment(1, 1, text)))
    assert made.tags == set() and made.text == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("3 May 2020", "3 May 2020"),
        ("yesterday", None),
        ("3" * 100, "3" * 100),
        ("3" * 101, None),
    ],
)
def test_a_date_is_short_and_has_a_digit(line, date):
    made = only(
        f'<li class="comment even depth-1" id="comment-1"><b class="fn">Ann</b><i class="date">'
        f'{line}</i><div class="comment-content"><p>So it is.</p></div></li>'
    )
    assert made.meta.get("date") == date


def test_a_claim_may_leave_pings_out():
    """Many themes count what people wrote and list the pings below."""
    ping = (
        '<li class="pingback odd alt thread-odd depth-1" id="comment-6"><p>Pingback: '
        '<a href="http://b.example/">B</a></p></li>'
    )
    title = '<h2 class="comments-title">One thought on this</h2><p class="comments-number">{}</p>'
    body = title.format("1 comment") + comment(5, 1) + ping
    assert "count-differs" not in [p.kind for p in parse(page(body)).problems]
    body = title.format("7 comments") + comment(5, 1) + ping
    assert "count-differs" in [p.kind for p in parse(page(body)).problems]


@pytest.mark.parametrize("word", ["widget widget_own_recentcomments", "wp-block-latest-comments"])
def test_the_newest_comments_of_all_articles_are_not_of_this_one(word):
    """Plugins print them into a sidebar with the same classes and ids."""
    body = f'<ol>{comment(5, 1)}</ol><aside class="{word}"><ol>{comment(8, 1)}</ol></aside>'
    assert tree_of(page(body)) == tree_of(page(f"<ol>{comment(5, 1)}</ol>"))


def test_a_sidebar_that_is_never_closed_hides_no_comments():
    source = page(f'<div class="widget widget_recent_comments"><ol>{comment(5, 1)}</ol>')
    assert tree_of(source) == tree_of(page(f"<ol>{comment(5, 1)}</ol>"))


def test_the_links_of_a_line_with_a_date_are_none_of_the_date():
    """A theme may give its reply link no class."""
    markup = (
        '<li class="comment even depth-1" id="comment-5"><div class="comment_author">Ann</div>'
        '<div class="comment-text"><p>So it is.</p></div><div class="comment_meta"><a '
        'href="#comment-5">29.07.2006 um 16:43</a> | <a href="javascript:answer(5)">Antworten</a>'
        "</div></li>"
    )
    assert only(page(markup)).meta["date"] == "29.07.2006 um 16:43"


def test_reviews_of_a_shop_are_comments():
    source = (
        '<li class="review even thread-even depth-1" id="li-comment-5"><div id="comment-5"'
        ' class="comment_container"><img class="avatar" src="x"><div class="comment-text">'
        '<div class="star-rating">Rated 5</div><p class="meta"><strong class="woocommerce-review__author">'
        'Ann</strong> <time datetime="2020-05-03T10:00:00+02:00">3 May</time></p>'
        '<div class="description"><p>Good.</p></div></div></div></li>'
    )
    made = only(source)
    assert (made.id, made.author.name, made.text) == ("5", "Ann", "<p>Good.</p>")


def test_the_articles_author_is_tagged_and_one_person():
    source = page(
        '<span class="byline"><span class="author vcard"><a class="fn" href="https://t.example/author/ann/">'
        "Ann</a></span></span>"
        + comment(1, 1, name="Bo")
        + comment(2, 1, classes="byuser comment-author-ann bypostauthor")
    )
    thread = parse(source).thread
    assert thread["1"].tags == frozenset() and thread["2"].tags == {"by-author"}
    assert thread.article.authors[0].key == thread["2"].author.key == "ann"


def test_an_article_without_byline_is_by_who_comments_as_its_author():
    thread = parse(page(comment(2, 1, classes="bypostauthor comment-author-ann"))).thread
    assert [author.name for author in thread.article.authors] == ["Ann"]


# --- who answers whom ------------------------------------------------------------------------


def test_replies_are_inside_their_parent():
    inside = f'<ul class="children">{comment(2, 2)}{comment(3, 2)}</ul>'
    source = comment(1, 1, inside=inside) + comment(4, 1)
    assert tree_of(source) == [("1", None), ("2", "1"), ("3", "1"), ("4", None)]


def test_lists_of_replies_may_stand_behind_their_parent():
    source = f'{comment(1, 1)}<ul class="children">{comment(2, 2)}</ul>{comment(3, 1)}'
    assert tree_of(source) == [("1", None), ("2", "1"), ("3", None)]
    bare = source.replace("even depth-1", "").replace("even depth-2", "")
    assert tree_of(bare) == [("1", None), ("2", "1"), ("3", None)]


def test_a_theme_that_forgot_a_space_is_read_by_depth():
    source = "".join(
        f'<liclass even depth-{depth} parent id="comment-{id}"><div id="div-comment-{id}"><p>x</p></div>'
        for id, depth in [(1, 1), (2, 2), (3, 3), (4, 2), (5, 1)]
    )
    assert tree_of(f"<ol>{source}</ol>") == [
        ("1", None), ("2", "1"), ("3", "2"), ("4", "1"), ("5", None),
    ]  # fmt: skip


def test_ids_may_be_on_an_element_inside():
    source = (
        '<li class="comment even depth-1"><article id="comment-8"><p>a</p></article>'
        '<ul class="children"><li class="comment odd depth-2"><article id="comment-9"><p>b</p></article>'
        "</li></ul></li>"
    )
    assert tree_of(source) == [("8", None), ("9", "8")]


def test_definition_lists_have_the_text_in_the_next_element():
    source = (
        '<dl id="comments"><dt class="comment even depth-1" id="comment-1"><span class="comment_author">'
        "Ann</span></dt><dd><p>One</p></dd>"
        '<dt class="comment odd depth-2" id="comment-2"><span class="comment_author">Bo</span></dt>'
        "<dd><p>Two</p><p>three</p></dd></dl>"
    )
    thread = parse(source).thread
    assert [(c.id, c.parent_id, c.author.name, c.text) for c in thread] == [
        ("1", None, "Ann", "<p>One</p>"),
        ("2", "1", "Bo", "<p>Two</p><p>three</p>"),
    ]


def test_definition_lists_may_be_nested_and_have_classes_on_both_parts():
    def entry(id, depth, inside=""):
        classes = f'class="comment even depth-{depth}"'
        return (
            f'<dt {classes} id="comment-{id}"><span class="comment_author">A{id}</span></dt><dd {classes}>'
            f'<div class="format_text" id="comment-body-{id}"><p>{id}</p><p class="reply">'
            f'<a class="comment-reply-link" href="#">Reply</a></p></div>{inside}</dd>'
        )

    nested = f'<dl class="children">{entry(2, 2)}</dl>'
    thread = parse(f"<dl>{entry(1, 1, nested)}{entry(3, 1)}</dl>").thread
    assert [(c.id, c.parent_id, c.author.name, c.text) for c in thread] == [
        ("1", None, "A1", "<p>1</p>"),
        ("2", "1", "A2", "<p>2</p>"),
        ("3", None, "A3", "<p>3</p>"),
    ]


def test_a_body_may_come_first():
    source = (
        '<ol id="commentlist"><li id="comment-1"><p>Text.</p><p><cite>Comment by Ann — '
        "17.07, 2011 @ 13:04</cite> <a href='#comment-1'>#</a></p></li></ol>"
    )
    made = only(page(source))
    assert made.author.name == "Ann" and made.text.startswith("<p>Text.</p>")


def test_nesting_is_a_guess_and_depth_is_none():
    nested = '<div id="comment-1"><p>a</p><div id="comment-2"><p>b</p></div></div>'
    reading = parse(page(nested))
    assert [(c.id, c.parent_id) for c in reading.thread] == [("1", None), ("2", "1")]
    assert reading.inferred == {"2"}
    assert parse(comment(1, 1, inside=comment(2, 2))).inferred == frozenset()


def test_below_the_greatest_depth_parents_are_unsure():
    last = comment(2, 2).replace('class="comment-reply-link"', "") + comment(3, 2).replace(
        'class="comment-reply-link"', ""
    )
    reading = parse(comment(1, 1, inside=f'<ol class="children">{last}</ol>'))
    assert reading.inferred == {"2", "3"}


def test_a_depth_that_is_left_out_is_told():
    reading = parse(comment(1, 1) + comment(2, 3))
    assert [(c.id, c.parent_id) for c in reading.thread] == [("1", None), ("2", "1")]
    assert [(p.kind, p.ids) for p in reading.problems if p.kind != "local-time"] == [
        ("missing-level", ("2",))
    ]
    assert reading.inferred == {"2"}


@pytest.mark.parametrize("mark", ["wpd", "wc"])
def test_wpdiscuz_tells_parents_by_ids(mark):
    def item(id, parent, level, inside=""):
        return (
            f'<div id="{mark}-comm-{id}_{parent}" class="{mark}-comment {mark}_comment_level-{level}">'
            f'<div id="comment-{id}"><div class="{mark}-comment-author">Ann</div>'
            f'<div class="{mark}-comment-date" title="1. November 2023 10:50">vor 1 Stunde</div>'
            f'<div class="{mark}-comment-text"><p>{id}</p></div>'
            f'<div class="{mark}-vote-result">-3</div></div>{inside}</div>'
        )

    source = item(1, 0, 1, item(2, 1, 2, item(3, 2, 3))) + item(4, 0, 1) + item(6, 5, 2)
    reading = parse(source)
    assert [(c.id, c.parent_id) for c in reading.thread if c.status != "missing"] == [
        ("1", None), ("2", "1"), ("3", "2"), ("4", None), ("6", "5"),
    ]  # fmt: skip
    assert reading.thread["5"].status is Status.MISSING
    assert "orphan" in [p.kind for p in reading.problems]
    first = reading.thread["1"]
    assert (first.text, first.score, first.author.name) == ("<p>1</p>", -3, "Ann")
    assert first.meta["date"] == "1. November 2023 10:50"


def test_comments_without_ids_get_names_and_are_told():
    source = '<li class="comment even depth-1"><p>a</p></li><li class="comment odd depth-1"><p>b</p></li>'
    reading = parse(source)
    assert [c.id for c in reading.thread] == ["n1", "n2"]
    assert reading.problems[0].kind == "no-id" and reading.problems[0].ids == ("n1", "n2")


@pytest.mark.parametrize(
    "sign",
    [
        '<a class="comment-reply-link" data-commentid="12">Reply</a>',
        """<a onclick='return addComment.moveForm("div-comment-12", "12", "respond", "1")'>Reply</a>""",
        '<a href="/a/?replytocom=12#respond">Reply</a>',
        '<a href="/a/#comment-12">3 May</a>',
        '<div id="comment-body-12"></div>',
        '<div id="theme-comment-12"></div>',
        '<div id="comment:12"></div>',
    ],
)
def test_ids_are_found_in_links(sign):
    assert only(f'<li class="comment even depth-1"><p>a</p>{sign}</li>').id == "12"


def test_a_list_that_is_printed_twice_is_told():
    reading = parse(comment(1, 1) + comment(1, 1))
    assert len(reading.thread) == 1
    assert "duplicate" in [p.kind for p in reading.problems]
    reading = parse(comment(1, 1) + comment(1, 1, "Otherwise."))
    assert [c.id for c in reading.thread] == ["1", "1~2"]
    assert "duplicate-conflict" in [p.kind for p in reading.problems]


# --- what is no comment ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "markup",
    [
        '<ul class="children"><li class="page_item page-item-7"><a href="/x">X</a></li></ul>',
        '<li class="menu-item menu-item-7 depth-1 even"><a href="/x">X</a></li>',
        '<li class="cat-item cat-item-3 depth-2 odd">X</li>',
        '<li class="depth-1">X</li>',
        '<div id="recent-comment-7">Ann on X</div>',
        '<textarea id="comment-7"></textarea><input id="comment-8"><form id="comment-9"></form>',
        '<p id="comment-like-7">Like</p>',
        '<div id="comment-7"> </div>',
        '<script>\'<li class="comment even depth-1" id="comment-1">\'</script>',
        '<!-- <li class="comment even depth-1" id="comment-1"><p>a</p></li> -->',
        '<li class="recentcomments">Ann on <a href="/a/#comment-7">X</a></li>',
    ],
)
def test_menus_widgets_and_forms_hold_no_comments(markup):
    reading = parse(page(markup))
    assert len(reading.thread) == 0 and reading.problems == ()


@pytest.mark.parametrize("source", ["", "A text.", "<p>A page.</p>", '{"a": 1}', "<rss></rss>"])
def test_what_is_no_wordpress_page_is_refused(source):
    with pytest.raises(ParseError) as error:
        parse(source)
    assert error.value.place is not None


# --- times -----------------------------------------------------------------------------------


@pytest.mark.parametrize("generator", ["WordPress 5.2.9", "WordPress 4.9", "Other 1", "WordPress"])
def test_before_5_3_an_offset_of_zero_is_no_offset(generator):
    source = page(comment(1, 1, time="2020-05-03T10:00:00+00:00"), generator=generator)
    reading = parse(source)
    (made,) = reading.thread
    assert made.created_at is None
    assert made.meta["datetime"] == "2020-05-03T10:00:00+00:00"
    assert [(p.kind, p.ids) for p in reading.problems] == [("local-time", ("1",))]
    zone = zoneinfo.ZoneInfo("Europe/Berlin")
    (made,) = parse(source, zone=zone).thread
    assert made.created_at == dt.datetime(2020, 5, 3, 8, tzinfo=dt.UTC)
    assert parse(source, zone=zone).problems == ()


@pytest.mark.parametrize("generator", ["WordPress 5.3", "WordPress 5.10.1", "WordPress 10.0"])
def test_since_5_3_it_is_utc(generator):
    source = page(comment(1, 1, time="2020-05-03T10:00:00+00:00"), generator=generator)
    assert only(source).created_at == dt.datetime(2020, 5, 3, 10, tzinfo=dt.UTC)


def test_one_real_offset_makes_all_times_of_a_page_true():
    times = comment(1, 1, time="2020-01-03T10:00:00+00:00") + comment(
        2, 1, time="2020-05-03T10:00:00+01:00"
    )
    thread = parse(page(times, generator="x")).thread
    assert thread["1"].created_at == dt.datetime(2020, 1, 3, 10, tzinfo=dt.UTC)


def test_older_themes_have_the_time_in_a_title():
    source = (
        '<li class="comment even depth-1" id="comment-1"><abbr class="published"'
        ' title="2009-05-26T21:07:00+0200">May</abbr><p>a</p></li>'
    )
    assert only(source).created_at == dt.datetime(2009, 5, 26, 19, 7, tzinfo=dt.UTC)


def test_a_date_and_a_time_of_day_are_kept_together():
    source = (
        '<li class="comment even depth-1" id="comment-1"><span class="comment_date">3 May 2020</span>'
        '<span class="comment_time">10:00</span><div class="comment_text"><p>a</p></div></li>'
    )
    assert only(source).meta == {
        "date": "3 May 2020 10:00",
        "created_at_local": "2020-05-03T10:00:00",
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2020-07-29", "local-time"),
        ("2020-05-03T10:00:00", "local-time"),
        ("23. Juni 2016", "local-time"),
        ("2020-02-30T10:00:00+02:00", "unread-date"),
        ("0000-00-00T00:00:00+00:00", "unread-date"),
        ("0001-01-01T00:00:00+05:00", "unread-date"),
    ],
)
def test_what_is_no_time_stays_as_it_is(text, kind):
    reading = parse(page(comment(1, 1, time=text)))
    (made,) = reading.thread
    assert made.created_at is None and made.meta["datetime"] == text
    assert [p.kind for p in reading.problems] == [kind]


# --- the article -----------------------------------------------------------------------------

ARTICLE = """
<header class="site-header"><h1 class="site-title">Tales</h1></header>
<article id="post-9" class="hentry"><h1 class="entry-title">A &#8220;tale&#8221;</h1>
<span class="byline">By <span class="author vcard"><a class="url fn n" rel="author"
href="https://t.example/author/ann/">Ann Lee</a></span></span>
<time class="entry-date published" datetime="2020-05-02T10:00:00+02:00">2 May</time>
<div class="entry-content"><p>Once <b>upon</b> a time.</p>
<figure><img src="x"><figcaption>The <i>mill</i></figcaption></figure>
<div class="sharedaddy">Share</div></div>
<a href="/tag/mills" rel="tag">Mills</a></article>
<h2 class="comments-title">One thought on &#8220;A tale&#8221;</h2>
"""


def test_the_article_is_what_readers_see():
    head = (
        '<link rel="canonical" href="https://t.example/a/"><meta property="og:site_name" content="Tales">'
        '<meta property="og:title" content="A tale | Tales">'
        '<meta property="article:modified_time" content="2020-05-04T10:00:00+00:00">'
    )
    thread = parse(page(ARTICLE + comment(1, 1), head=head)).thread
    article = thread.article
    assert article.title == "A “tale”"
    assert (article.id, article.url, article.site) == ("9", "https://t.example/a/", "Tales")
    assert article.language == "en-GB"
    assert article.authors == (
        discourse.Author("Ann Lee", "ann", url="https://t.example/author/ann/"),
    )
    assert article.created_at == dt.datetime(2020, 5, 2, 8, tzinfo=dt.UTC)
    assert article.edited_at == dt.datetime(2020, 5, 4, 10, tzinfo=dt.UTC)
    assert article.text.startswith("<p>Once <b>upon</b> a time.</p>")
    assert "Share" not in article.text
    assert article.captions == ("The mill",)
    assert article.comment_count == 1
    assert article.tags == {"Mills"}
    assert thread.source == discourse.Source("wordpress-html", platform="wordpress", version="6.4")


def test_buttons_scripts_and_related_posts_are_no_part_of_the_articles_text():
    """Plugins put them into the element of the text."""
    body = (
        '<div class="entry-content"><div class="shariff"><ul><li>teilen</li></ul></div>'
        "<script>track()</script><style>p{}</style><p>The wheel turns.</p>"
        '<div class="yarpp yarpp-related"><h3>Related</h3></div></div>'
    )
    assert parse(page(body)).threads[0].article.text == "<p>The wheel turns.</p>"


def test_a_line_above_the_first_comment_is_a_claim_too():
    intro = '<div class="comments_intro"><p>{ 38 comments… read them below or add one }</p></div>'
    reading = parse(page(f"{intro}<dl>{comment('1', 1)}</dl>"))
    assert reading.thread.article.comment_count == 38
    assert [(p.kind, p.values) for p in reading.problems if p.kind != "local-time"] == [
        ("count-differs", (38, 1))
    ]


def test_texts_of_which_the_page_has_only_the_beginning_are_told():
    cut = 'So it<span id="wpdiscuz-readmore-7_0"><span class="wpdiscuz-readmore">more</span></span>'
    body = (
        '<div id="wc-comm-7_0" class="wc-comment wc_comment_level-1">'
        f'<div class="wc-comment-text"><p>{cut}</p></div></div>'
    )
    (problem,) = parse(page(body)).problems
    assert (problem.kind, problem.ids) == ("cut-text", ("7",))


def test_names_and_dates_of_impreza_are_no_part_of_the_text():
    body = (
        '<li id="comment-7" class="comment depth-1 w-comments-item"><div class="w-comments-item-meta">'
        '<div class="w-comments-item-author"><span>Ann</span></div>'
        '<a class="w-comments-item-date" href="#comment-7">3 May 2020</a></div>'
        '<div class="w-comments-item-text"><p>So it is.</p></div></li>'
    )
    (row,) = parse(page(f"<ul>{body}</ul>")).thread
    assert (row.author, row.text) == (Author("Ann"), "<p>So it is.</p>")
    assert row.meta["date"] == "3 May 2020"


def test_a_quotation_around_a_text_and_a_name_in_microdata_are_read():
    body = (
        '<li id="comment-7" class="comment depth-1"><strong itemprop="author">Ann</strong>'
        '<blockquote class="entry-content"><p>So it is.</p></blockquote></li>'
    )
    (row,) = parse(page(f"<ol>{body}</ol>")).thread
    assert (row.author, row.text) == (Author("Ann"), "<p>So it is.</p>")


def test_permalinks_may_have_another_form():
    body = '<li class="comment depth-1"><a href="https://a.example/mill/#comments/421">3 May</a>Hm.</li>'
    (row,) = parse(page(f"<ol>{body}</ol>")).thread
    assert (row.id, row.url) == ("421", "https://a.example/mill/#comments/421")


def test_pings_of_thesis_have_neither_id_nor_class():
    body = (
        f'<ol>{comment("1", 1)}</ol><ul id="trackback_list"><li>'
        '<a href="https://b.example/x" rel="nofollow">A bridge</a> <span>3 May</span></li></ul>'
    )
    row = parse(page(body)).thread.comments[1]
    assert (row.author.name, row.author.url, row.tags) == (
        "A bridge",
        "https://b.example/x",
        {"trackback"},
    )


def test_an_empty_script_of_json_ld_is_no_problem():
    script = '<script type="application/ld+json"> </script>'
    assert parse(page(f"<ol>{comment('1', 1)}</ol>", head=script)).problems[0].kind == "local-time"


def test_the_surest_class_names_the_text_inside_of_a_wider_element():
    """Some themes call all of the article, its byline and its buttons, the content of the post."""
    body = (
        '<article class="post-content"><nav>Home / Mills</nav><h1 class="entry-title">The mill</h1>'
        '<div class="entry-content"><p>The wheel turns.</p></div><p>Ann, 1 minute read</p></article>'
    )
    assert parse(page(body)).threads[0].article.text == "<p>The wheel turns.</p>"


@pytest.mark.parametrize(
    "beside",
    [
        '<div id="respond"><form id="commentform"><p>{}</p></form></div>',
        '<ul><li class="widget"><div class="textwidget"><p>{}</p></div></li></ul>',
        "<aside><p>{}</p></aside>",
        "<footer><p>{}</p></footer>",
    ],
)
def test_the_most_paragraphs_are_looked_for_where_articles_are(beside):
    """Forms and sidebars have paragraphs too."""
    wheel = "The wheel turns in the water of the brook. " * 6
    body = f"<div class=mill><p>{wheel}</p></div>" + beside.format("Leave your name here. " * 40)
    assert parse(page(body)).threads[0].article.text == f"<p>{wheel}</p>"


@pytest.mark.parametrize(
    "byline",
    [
        (
            '<div class="author vcard"><div>Von <b><a href="/autoren/ann/">Ann</a></b></div>'
            "<i>Fr, 18. Oktober 2019</i></div>"
        ),
        (
            '<div class="post_author"><a href="https://a.example/author/ann/">Ann</a></div>'
            '<div class="author-bio"><a class="author-link" rel="author" '
            'href="https://a.example/author/ann/">All posts of Ann</a></div>'
        ),
    ],
)
def test_the_author_is_the_name_alone(byline):
    """A date may stand in the byline, and a link to all posts of the author below the article."""
    made = parse(page(byline + '<div class="entry-content"><p>Old.</p></div>')).threads[0].article
    assert [author.name for author in made.authors] == ["Ann"]


def test_the_first_design_of_wordpress_had_the_title_in_a_third_heading():
    """And the name of the site in the first."""
    body = (
        '<h1 id="header"><a href="/">Mills</a></h1>'
        '<h3 class="storytitle"><a href="/?p=9">The mill by the brook</a></h3>'
    )
    source = page(body).replace("A tale | Tales", "Mills &raquo; The mill by the brook")
    assert parse(source).threads[0].article.title == "The mill by the brook"


def test_a_page_that_lists_articles_is_none_of_them():
    """Its first article has a text and an id like any other."""
    body = '<article id="post-7"><div class="entry-content"><p>The wheel turns.</p></div></article>'
    made = parse(page(body, attributes=' class="home blog"')).threads[0].article
    assert (made.id, made.text) == (None, None)
    made = parse(page(body, attributes=' class="single blog"')).threads[0].article
    assert (made.id, made.text) == ("7", "<p>The wheel turns.</p>")


def test_what_readers_do_not_see_is_taken_from_json_ld_and_open_graph():
    graph = {
        "@graph": [
            {"@type": "WebSite", "name": "Tales"},
            {"@type": "Person", "@id": "#ann", "name": "Ann Lee", "url": "https://t.example/author/ann/",
             "description": "Writes."},
            {"@type": "Article", "headline": "A tale", "author": {"@id": "#ann"},
             "datePublished": "2020-05-02T08:00:00+00:00", "commentCount": 3, "inLanguage": "de",
             "publisher": {"name": "Tales &amp; more"}},
        ]
    }  # fmt: skip
    head = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    source = page("<div>wp-content</div>" + comment(1, 1), head=head)
    article = parse(source).thread.article
    assert article.authors == (
        discourse.Author("Ann Lee", "ann", url="https://t.example/author/ann/", bio="Writes."),
    )
    assert article.created_at == dt.datetime(2020, 5, 2, 8, tzinfo=dt.UTC)
    assert (article.comment_count, article.site) == (3, "Tales & more")


@pytest.mark.parametrize("script", ["{", "[" * 100_000, '{"n": ' + "9" * 5000 + "}", "<!-- -->"])
def test_json_ld_that_cannot_be_read_is_told(script):
    head = f'<script type="application/ld+json">{script}</script>'
    reading = parse(page(comment(1, 1, time="2020-05-02T08:00:00+02:00"), head=head))
    assert [p.kind for p in reading.problems] == ["bad-json-ld"]
    assert reading.problems[0].place is not None


@pytest.mark.parametrize(
    "script",
    [
        '{"@graph": 7}',
        '[1, null, "x"]',
        '{"@type": 3, "author": 4}',
        '{"@type": "Article", "author": [1, {}, {"name": 4}], "commentCount": -1}',
        '{"@type": "Article", "datePublished": {}, "publisher": [], "headline": 7}',
    ],
)
def test_json_ld_may_hold_anything(script):
    head = f'<script type="application/ld+json">{script}</script>'
    reading = parse(page(comment(1, 1, time="2020-05-02T08:00:00+02:00"), head=head))
    assert reading.problems == () and len(reading.thread) == 1


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://t.example/a/comment-page-2/", "https://t.example/a/"),
        ("https://t.example/a/comment-page-2", "https://t.example/a"),
        ("https://t.example/?p=9&cpage=2", "https://t.example/?p=9"),
        ("https://t.example/a/#comments", "https://t.example/a/"),
        ("https://[t.example/", "https://[t.example/"),
    ],
)
def test_all_pages_of_comments_have_one_article(address, expected):
    head = f'<link rel="canonical" href="{address}">'
    assert parse(page(comment(1, 1), head=head)).thread.article.url == expected


def test_other_pages_of_comments_are_a_stub_and_no_problem():
    source = page(
        '<h2 class="comments-title">38 comments</h2>'
        + comment(1, 1, time="2020-05-02T08:00:00+02:00")
        + '<a href="https://t.example/a/comment-page-2/#comments">Older</a>'
    )
    reading = parse(source)
    assert reading.problems == ()
    (stub,) = reading.thread.stubs
    assert (stub.kind, stub.count) == ("cursor", 37)
    assert stub.cursor == "https://t.example/a/comment-page-2/#comments"
    assert reading.thread.article.comment_count == 38


def test_a_claim_that_does_not_fit_is_told():
    title = '<h2 class="comments-title">2 comments</h2>'
    reading = parse(page(title + comment(1, 1, time="2020-05-02T08:00:00+02:00")))
    assert [(p.kind, p.values) for p in reading.problems] == [("count-differs", (2, 1))]


def test_pages_of_one_discussion_are_read_together(tmp_path):
    head = '<link rel="canonical" href="https://t.example/a/comment-page-{}/">'
    for number in (1, 2):
        source = page(comment(number, 1), head=head.format(number))
        (tmp_path / f"{number}.html").write_text(source, encoding="utf-8")
    reading = discourse.read([tmp_path / "1.html", tmp_path / "2.html"])
    assert [c.id for c in reading.thread] == ["1", "2"]


def test_where_all_pages_are_read_no_other_is_left(tmp_path):
    """Each page links to the other one, and claims the comments of both."""
    files = []
    for number, other in ((1, 2), (2, 1)):
        source = page(
            f'<p class="comments-title">2 comments</p>{comment(number, 1)}'
            f'<a href="https://t.example/a/comment-page-{other}/#comments">More</a>',
            head=f'<link rel="canonical" href="https://t.example/a/comment-page-{number}/">',
        )
        files.append(tmp_path / f"{number}.html")
        files[-1].write_text(source, encoding="utf-8")
    assert len(discourse.read(files[0]).thread.stubs) == 1
    both = discourse.read(files).thread
    assert ([c.id for c in both], both.stubs) == (["1", "2"], ())


def test_where_some_pages_are_read_the_rest_is_what_is_left():
    """Each page counts what it has not; together they lack less."""
    pages = [
        page(
            f'<p class="comments-title">5 comments</p>{comment(number, 1)}'
            '<a href="https://t.example/a/comment-page-3/#comments">More</a>',
            head=f'<link rel="canonical" href="https://t.example/a/comment-page-{number}/">',
        )
        for number in (1, 2)
    ]
    files = [io.BytesIO(source.encode()) for source in pages]
    assert discourse.read(files).thread.missing == 3
    assert discourse.parse(pages[1]).thread.missing == 4


# --- the whole -------------------------------------------------------------------------------


def test_a_page_that_is_cut_is_told():
    source = page(comment(1, 1) + comment(2, 1))
    cut = source[: source.index("So it is.", source.index("comment-2")) + 4]
    assert "truncated" in [p.kind for p in parse(cut).problems]
    assert "truncated" not in [p.kind for p in parse(source).problems]
    between = source[: source.index('<li id="comment-2"')]
    assert "truncated" in [p.kind for p in parse(between).problems]
    assert "truncated" not in [p.kind for p in parse(comment(1, 1)).problems]


ITEM = (
    '<li id="comment-{}" class="comment even depth-1"><div class="comment-content">So.</div></li>'
)
LIST = f'<ol class="comment-list">{ITEM.format(1)}<!-- #1 -->{ITEM.format(2)}</ol>'
IE = "\n<!--[if IE]>\n<html class='ie'>\n<![endif]-->\n<!--[if !IE]><!-->\n"
STARTS = {
    "a page": "<!DOCTYPE html><html><head><title>A tale</title></head><body>",
    "conditional comments": f"<!DOCTYPE html>{IE}<html><!--<![endif]--><head></head><body>",
    "meta tags before the page": '<meta charset="utf-8"><title>A tale</title><html><body>',
    "nothing but the document type": "<!DOCTYPE html><title>A tale</title>",
    "a list alone": "",
}


@pytest.mark.parametrize("start", STARTS)
def test_a_page_that_is_cut_anywhere_keeps_its_comments_and_is_told(start):
    source = STARTS[start] + LIST
    ends = [source.index("</li>") + len("</li>"), source.rindex("</li>")]
    for at in range(source.index('class="comment-list">') + 21, len(source)):
        try:
            reading = parse(source[:at])
        except ParseError:  # before the first comment, nothing is of WordPress
            assert at < source.index("<li") + 80
            continue
        assert "truncated" in [p.kind for p in reading.problems], source[:at][-40:]
        assert len(reading.thread) >= sum(at >= end for end in ends)


@pytest.mark.parametrize(
    "end", ["", "</ol>", "<script>a('<b>')</script>", "<p>5 < 6", "<!-- end -->", "<br>"]
)
def test_a_list_alone_is_whole_where_nothing_is_open(end):
    source = comment(1, 1) + end
    assert [p.kind for p in parse(source).problems if p.kind != "local-time"] == []


def test_a_remark_alone_is_no_page():
    assert parse("<!-- /wp-content/ -->").thread.comments == ()


@pytest.mark.parametrize(
    "around",
    [
        '<ol class="children">{}</ol>',  # in the list of replies
        '<div class="comment-content">{}</div>',  # behind the text of the comment
        '</article></li><div class="comment-text">{}</div>',  # behind the comment
    ],
)
def test_a_comment_that_lost_its_tag_is_told(around):
    lost = around.format("<p>I was there.</p>")
    source = page(comment(1, 1).replace("</li>", f"{lost}</li>"))
    problem = next(p for p in parse(source).problems if p.kind == "maybe-comments")
    assert problem.values == ("I was there.",)


@pytest.mark.parametrize(
    "inside",
    [
        '<ol class="children"><div id="respond">Leave a reply</div></ol>',
        '<ol class="children"> <script>a()</script> </ol>',
        '<template><div class="comment-text">{{text}}</div></template>',
        f'</li><div class="comment-content">{comment(2, 1)}<p>The end.</p></div><li>',
        f'</li><div class="comment-content">{comment(2, 1)}<li>',
    ],
)
def test_forms_and_scripts_and_boxes_among_comments_are_no_comments(inside):
    source = page(comment(1, 1, inside=inside))
    assert "maybe-comments" not in [p.kind for p in parse(source).problems]


def test_no_tag_can_be_taken_out_in_silence():
    """What is lost without a tag is told."""
    inside = f'<ol class="children">{comment(2, 2)}</ol>'
    source = page(f'<ol class="comment-list">{comment(1, 1, inside=inside)}{comment(3, 1)}</ol>')
    whole = parse(source)
    for match in re.finditer("<[^<>]+>", source):
        reading = parse(source[: match.start()] + source[match.end() :])
        is_told = {p.kind for p in reading.problems} - {p.kind for p in whole.problems}
        assert is_told or {c.id for c in reading.thread} == {"1", "2", "3"}, match[0]


@pytest.mark.parametrize(
    ("head", "fits"),
    [
        (page(comment(1, 1)), True),
        (comment(1, 1), True),
        (page("", generator="WordPress 6.4"), True),
        ('<!DOCTYPE html><html><head><link href="/wp-content/x.css"></head>', True),
        ('<div id="wpd-comm-3_0">', True),
        ("<html><style>body{--wp--preset--color--black: #000}</style>", True),
        ('<html><body class="single single-post postid-3">', True),
        ('<html><link rel="https://api.w.org/" href="https://a.example/rest/">', True),
        ('<html><ul><li id="menu-1" class="first odd sf-item-1 sf-depth-1"></ul>', False),
        ('<html><meta name="generator" content="blogger"><img src="/wp-content/x.png">', False),
        ('<?xml version="1.0"?><rss><channel><generator>https://wordpress.org/</generator>', False),
        ("<html><body><p>A page</p>", False),
        ('{"id": 1}', False),
        ("A text about wp-content", False),
        ("", False),
    ],
)
def test_pages_are_recognised_by_their_beginning(head, fits):
    assert bool(FORMAT.fits(Head(head))) is fits


def test_a_page_is_read_by_its_content_alone():
    assert discourse.parse(page(comment(1, 1))).thread.source.format == "wordpress-html"


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("iso-8859-1", "cp1252"),
        ("windows-1251", "cp1251"),
        ("Shift_JIS", "cp932"),
        ("utf-8", "utf-8"),
    ],
)
def test_the_declared_encoding_counts(charset, encoding):
    word = {"cp1252": "naïve – yes", "cp1251": "привет", "cp932": "こんにちは"}.get(encoding, "é€")
    source = page(comment(1, 1, word), head=f'<meta charset="{charset}">')
    reading = discourse.parse(source.encode(encoding))
    assert discourse.plain.plain_text(reading.thread["1"]) == word
    assert "encoding" not in [p.kind for p in reading.problems]


def test_utf_8_is_utf_8_whatever_is_declared():
    source = page(comment(1, 1, "naïve"), head='<meta charset="iso-8859-1">')
    reading = discourse.parse(source.encode())
    assert reading.thread["1"].text == "<p>naïve</p>"
    assert "encoding" in [p.kind for p in reading.problems]


def test_single_wrong_bytes_are_told_and_no_more():
    source = page(comment(1, 1, "na\u00efve – X"), head='<meta charset="utf-8">').encode()
    reading = discourse.parse(source.replace(b"X", b"\xe9"))
    assert reading.thread["1"].text == "<p>naïve – é</p>"
    assert "encoding" in [p.kind for p in reading.problems]


MANY = min(settings().max_examples, 100) * 200
HOSTILE = {
    "chain": "".join(
        comment(n, n + 1).removesuffix("</li>") + '<ul class="children">' for n in range(3000)
    ),
    "unclosed": "".join(
        f'<liclass even depth-1 id="comment-{n}"><b class="fn">' for n in range(5000)
    ),
    "boxes": "<div>" * (MANY * 5 // 2) + '<div id="comment-1"><p>x',
    "contents": '<div id="comment-1">' + '<div class="comment-content">' * MANY + "x",
    "names": '<div id="comment-1">' + '<div class="comment-author">' * MANY + "word " * MANY,
    "buttons": '<div id="comment-1">' + '<span><a class="comment-reply-link">r</a>' * MANY,
    "bodies": "<div class=hentry>" + '<div class="entry-content">' * MANY,
    "captions": "<div class=hentry>" + '<div class="entry-content">' + "<figcaption>a" * MANY,
    "headings": "<div class=hentry>" + '<h1 class="entry-title">a' * MANY,
    "dates": '<div id="comment-1">' + '<div class="comment-meta">1' * MANY,
    "breaks": '<div id="comment-1"><p>x</p>' + "<br> " * MANY,
    "definitions": '<dl><dt id="comment-1">A' + '<dd><span class="reply">x</span>y' * MANY,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_depth_and_length_cost_what_they_are_long(name):
    reading = parse(HOSTILE[name])
    numbers = {"chain": 3000, "unclosed": 5000, "bodies": 0, "captions": 0, "headings": 0}
    assert len(reading.thread) == numbers.get(name, 1)


def test_no_depth_cuts_a_tree_short():
    source = "<div>" * 10_000 + comment(1, 1, inside=comment(2, 2)) + "</div>" * 10_000
    assert tree_of(page(source)) == [("1", None), ("2", "1")]
    assert parse(HOSTILE["chain"]).thread.depth("2999") == 2999


@pytest.mark.parametrize(
    "payload",
    [
        "<script>x()</script>",
        "<img src=x onerror=x()>",
        "<svg><style><img title='</style><img src=x onerror=x()>'></style></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1&gt;'>",
        "<noscript><p title='</noscript><img src=x onerror=x()>'></noscript>",
        "<a href='javascript:x()'>a</a><iframe srcdoc='<p>'></iframe>",
        "<template><script>x()</script></template><xmp><p></xmp><plaintext>",
        "<!--><img src=x onerror=x()>--><![CDATA[<p>]]><?x <p> ?>",
        "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img>'>",
    ],
)
def test_hostile_html_is_kept_as_text_and_shown_without_scripts(payload):
    made = only(
        f'<li class="comment even depth-1" id="comment-1"><div class="comment-content">a{payload}</div>'
    )
    assert made.text.startswith("a")
    assert "x()" not in discourse.plain.plain_text(made)


@pytest.mark.parametrize("junk", ["\x00", "\x1b[2J", "\u202e", "\ufdd0", "a\u0301" * 50, "𐀀"])
def test_any_character_may_stand_anywhere(junk):
    made = only(comment(1, 1, junk, name=f"A{junk}nn"))
    assert junk in made.text
    discourse.loads(discourse.dumps(parse(comment(1, 1, junk)).thread))
