"""What themes and plugins print: each in its own words, all of them one comment and its reply."""

import pytest

from discourse import Article, Status
from discourse.formats.wordpress_html import parse

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta name="generator" content="WordPress 6.4">'
    '<title>The mill</title><link rel="canonical" href="https://mill.example/mill/"></head>'
    '<body class="single postid-60"><h1 class="entry-title">The mill</h1>'
    '<div class="entry-content"><p>Old.</p></div>{}</body></html>'
)
ADA = '<a href="http://ada.example" rel="external nofollow" class="url">Ada</a>'
LINK = '<a href="https://mill.example/mill/#comment-{}">March 3, 2010 at 4:00 pm</a>'
REPLY = '<div class="reply"><a class="comment-reply-link" href="?replytocom=5">Reply</a></div>'
TIME = '<time datetime="2023-03-03T12:00:00+01:00">March 3</time>'

#: A name to what is around the text of each of the two comments, and around both.
CLASSIC = {
    "Twenty Ten": (
        """<ol class="commentlist"><li class="comment even thread-even depth-1" id="li-comment-5">
        <div id="comment-5"><div class="comment-author vcard"><cite class="fn">{ada}</cite> <span
        class="says">says:</span></div><div class="comment-meta commentmetadata">{link5}</div>
        <div class="comment-body"><p>First.</p></div>{reply}</div><ul class='children'><li
        class="comment odd alt depth-2" id="li-comment-6"><div id="comment-6"><div
        class="comment-author vcard"><cite class="fn">Bo</cite></div><div class="comment-body">
        <p>Second.</p></div></div></li></ul></li></ol>"""
    ),
    "Twenty Eleven": (
        """<ol class="commentlist"><li class="comment even depth-1" id="li-comment-5"><article
        id="comment-5" class="comment"><footer class="comment-meta"><div class="comment-author
        vcard"><span class="fn">{ada}</span> on {link5} <span class="says">said:</span></div>
        </footer><div class="comment-content"><p>First.</p></div>{reply}</article><ul
        class="children"><li class="comment odd alt depth-2" id="li-comment-6"><article
        id="comment-6" class="comment"><footer class="comment-meta"><div class="comment-author
        vcard"><span class="fn">Bo</span></div></footer><div class="comment-content">
        <p>Second.</p></div></article></li></ul></li></ol>"""
    ),
    "a block theme": (
        """<ol class="wp-block-comment-template"><li id="comment-5" class="comment even
        thread-even depth-1"><div class="wp-block-comment-author-name">{ada}</div><div
        class="wp-block-comment-date">{time}</div><div class="wp-block-comment-content">
        <p>First.</p></div><div class="wp-block-comment-reply-link">{reply}</div><ol><li
        id="comment-6" class="comment odd alt depth-2"><div class="wp-block-comment-author-name">
        Bo</div><div class="wp-block-comment-content"><p>Second.</p></div></li></ol></li></ol>"""
    ),
    "Genesis": (
        """<ol class="comment-list"><li class="comment even depth-1" id="comment-5"><article
        id="article-comment-5" itemprop="comment"><header class="comment-header"><p
        class="comment-author"><span itemprop="name">{ada}</span> <span class="says">says</span>
        </p><p class="comment-meta">{time}</p></header><div class="comment-content">
        <p>First.</p></div><div class="comment-reply">{reply}</div></article><ul class="children">
        <li class="comment odd alt depth-2" id="comment-6"><article id="article-comment-6"><header
        class="comment-header"><p class="comment-author"><span itemprop="name">Bo</span> <span
        class="says">says</span></p></header><div class="comment-content"><p>Second.</p></div>
        </article></li><!-- #comment-## --></ul></li></ol>"""
    ),
    "Divi": (
        """<ol class="commentlist"><li class="comment even depth-1" id="li-comment-5"><article
        id="comment-5" class="comment-body"><div class="comment_postinfo"><span class="fn">{ada}
        </span><span class="comment_date">on March 3, 2010 at 4:00 pm</span></div><div
        class="comment_area"><div class="comment-content"><p>First.</p><span
        class="reply-container"><a class="comment-reply-link et_pb_button" href="#">Reply</a>
        </span></div></div></article><ul class="children"><li class="comment odd alt depth-2"
        id="li-comment-6"><article id="comment-6" class="comment-body"><div
        class="comment_postinfo"><span class="fn">Bo</span></div><div class="comment_area"><div
        class="comment-content"><p>Second.</p></div></div></article></li></ul></li></ol>"""
    ),
    "Avada": (
        """<ol class="commentlist"><li class="comment even depth-1" id="comment-5"><div
        class="the-comment"><div class="comment-box"><div class="comment-author meta"><strong>
        {ada}</strong> <span class="comment-date">March 3, 2010 at 4:00 pm</span> - <a
        class="comment-reply-link" href="?replytocom=5">Reply</a></div><div class="comment-text">
        <p>First.</p></div></div></div><ul class="children"><li class="comment odd alt depth-2"
        id="comment-6"><div class="the-comment"><div class="comment-box"><div
        class="comment-author meta"><strong>Bo</strong> March 3, 2010 at 5:00 pm</div><div
        class="comment-text"><p>Second.</p></div></div></div></li></ul></li></ol>"""
    ),
    "a walker for Bootstrap": (
        """<ul class="media-list"><li class="media comment even depth-1" id="comment-5"><div
        class="media-body"><h4 class="media-heading">{ada}</h4>{time}<p>First.</p>{reply}<ul
        class="children"><li class="media comment odd alt depth-2" id="comment-6"><div
        class="media-body"><h4 class="media-heading">Bo</h4><p>Second.</p></div></li></ul></div>
        </li></ul>"""
    ),
    "Astra": (
        """<ol class="ast-comment-list"><li class="comment even depth-1" id="li-comment-5">
        <article id="comment-5" class="ast-comment"><header class="ast-comment-meta"><cite><b
        class="fn">{ada}</b> </cite>{time}</header><section class="ast-comment-content comment">
        <p>First.</p><div class="ast-comment-edit-reply-wrap"><span class="ast-reply-link">{reply}
        </span></div></section></article><ol class="children"><li class="comment odd alt depth-2"
        id="li-comment-6"><article id="comment-6" class="ast-comment"><cite><b class="fn">Bo</b>
        </cite><section class="ast-comment-content comment"><p>Second.</p></section></article>
        </li></ol></li></ol>"""
    ),
    "Newspaper": (
        """<ol class="comment-list"><li class="comment" id="comment-5"><article><footer><cite>
        {ada}</cite><a class="comment-link" href="#comment-5"><time pubdate="1267632000">March 3,
        2010 At 4:00 pm</time></a></footer><div class="comment-content"><p>First.</p></div><div
        class="comment-meta" id="comment-5">{reply}</div></article><ul class="children"><li
        class="comment" id="comment-6"><article><footer><cite>Bo</cite></footer><div
        class="comment-content"><p>Second.</p></div></article></li></ul></li></ol>"""
    ),
    "boxes without a list": (
        """<div class="comment even depth-1" id="comment-5"><div id="div-comment-5"
        class="comment-body"><div class="comment-author vcard"><cite class="fn">{ada}</cite></div>
        <div class="comment-meta commentmetadata">{link5}&nbsp;<a class="comment-edit-link"
        href="x">(Edit)</a></div><p>First.</p>{reply}</div><div class="comment odd alt depth-2"
        id="comment-6"><div id="div-comment-6" class="comment-body"><div class="comment-author
        vcard"><cite class="fn">Bo</cite></div><p>Second.</p></div></div></div>"""
    ),
    "wpDiscuz 7": (
        """<div id='wpd-comm-5_0' class='comment even depth-1 wpd-comment wpd_comment_level-1'>
        <div class="wpd-comment-wrap"><div id="comment-5" class="wpd-comment-right"><div
        class="wpd-comment-author">{ada}</div><div class="wpd-comment-date"
        title="March 3, 2010 4:00 pm">1 year ago</div><div class="wpd-comment-text"><p>First.</p>
        </div><div class="wpd-comment-footer"><div class="wpd-reply-button">Reply</div></div></div>
        </div><div id='wpd-comm-6_5' class='comment odd depth-2 wpd-comment wpd_comment_level-2'>
        <div id="comment-6" class="wpd-comment-right"><div class="wpd-comment-author">Bo</div><div
        class="wpd-reply-to">Reply to <a href="#comment-5">Ada</a></div><div
        class="wpd-comment-text"><p>Second.</p></div></div></div></div>"""
    ),
    "wpDiscuz 5": (
        """<div id="wc-comm-5_0" class="comment even wc-comment wc_comment_level-1"><div
        id="comment-5" class="wc-comment-right"><div class="wc-comment-author">{ada}</div><div
        class="wc-comment-text"><p>First.</p></div><div class="wc-comment-footer"><div
        class="wc-comment-date">2 years ago</div></div></div><div id="wc-comm-6_5" class="comment
        odd wc-comment wc_comment_level-2"><div id="comment-6" class="wc-comment-right"><div
        class="wc-comment-author">Bo</div><div class="wc-comment-text"><p>Second.</p></div></div>
        </div></div>"""
    ),
    "elements that are never closed": (
        """<ol class=comment-list><li id=comment-5 class="comment even depth-1"><article
        class=comment-body><b class=fn>{ada}</b>{time}<div class=comment-content><p>First.</div>
        </article><ol class=children><li id=comment-6 class="comment odd depth-2"><article
        class=comment-body><b class=fn>Bo</b><div class=comment-content><p>Second.</div></article>
        </ol></ol>"""
    ),
}


def page(inside):
    return PAGE.format(
        inside.format(ada=ADA, link5=LINK.format(5), reply=REPLY, time=TIME, **{"class": "class"})
    )


@pytest.mark.parametrize("theme", CLASSIC)
def test_every_theme_gives_the_same_two_comments(theme):
    reading = parse(page(CLASSIC[theme]))
    first, second = reading.thread
    assert reading.thread.article == Article(
        "The mill", id="60", url="https://mill.example/mill/", text="<p>Old.</p>",
        text_format="html", language="en",
    )  # fmt: skip
    assert (first.id, second.id, second.parent_id) == ("5", "6", "5")
    assert [c.text.replace("</p>", "") for c in reading.thread] == ["<p>First.", "<p>Second."]
    assert [c.author.name for c in reading.thread] == ["Ada", "Bo"]
    assert first.author.url == "http://ada.example" and second.author.url is None
    assert first.created_at or first.meta["date"]
    assert {problem.kind for problem in reading.problems} <= {"local-time", "relative-date"}


def test_a_date_behind_a_name_is_kept():
    thread = parse(page(CLASSIC["Avada"])).thread
    dates = [comment.meta["date"] for comment in thread]
    assert dates == ["March 3, 2010 at 4:00 pm", "March 3, 2010 at 5:00 pm"]


def test_the_says_of_the_first_default_theme_is_no_text():
    thread = parse(
        page(
            """<ol class="commentlist"><li class="alt" id="comment-5"><cite>{ada}</cite> Says:<br />
            <small class="commentmetadata">{link5}</small><p>First.</p></li><li id="comment-6">
            <cite>Bo</cite> Says: <em>Your comment is awaiting moderation.</em><br /><p>Note: no</p>
            </li></ol>"""
        )
    ).thread
    assert [comment.text for comment in thread] == ["<p>First.</p>", "<p>Note: no</p>"]
    assert [comment.status for comment in thread] == [Status.VISIBLE, Status.PENDING]


def test_reviews_of_a_shop_are_comments_and_one_may_wait():
    thread = parse(
        page(
            """<ol class="commentlist"><li class="review even depth-1" id="li-comment-5"><div
            id="comment-5" class="comment_container"><div class="comment-text"><div
            class="star-rating">Rated 5 out of 5</div><p class="meta"><strong
            class="woocommerce-review__author">{ada}</strong> {time}</p><div class="description">
            <p>First.</p></div></div></div></li><li class="review odd depth-1" id="li-comment-6">
            <div id="comment-6" class="comment_container"><div class="comment-text"><p class="meta">
            <em class="woocommerce-review__awaiting-approval">Your review is awaiting approval</em>
            </p><div class="description"><p>Second.</p></div></div></div></li></ol>"""
        )
    ).thread
    assert [(c.text, c.status.value) for c in thread] == [
        ("<p>First.</p>", "visible"),
        ("<p>Second.</p>", "pending"),
    ]
    assert thread["5"].author.name == "Ada" and thread["6"].author is None


@pytest.mark.parametrize("year", [1402, 2566])
def test_a_year_of_another_calendar_is_no_time(year):
    """Plugins print the Persian or the Buddhist year where the machine's belongs."""
    text = page(CLASSIC["Genesis"]).replace("2023-", f"{year}-")
    first = parse(text).thread["5"]
    assert first.created_at is None
    assert first.meta["datetime"] == f"{year}-03-03T12:00:00+01:00"


def test_a_ping_without_classes_is_named_by_its_link():
    thread = parse(
        page(
            """<ol><li class="pingback even depth-1" id="comment-7"><div class="comment-body">
            Pingback: <a href="http://p.example/x">A mill &amp; more</a></div></li></ol>"""
        )
    ).thread
    assert thread["7"].author.name == "A mill & more" and thread["7"].tags == {"pingback"}


def test_patterns_for_scripts_hold_no_comments():
    inside = CLASSIC["Genesis"]
    hidden = inside.replace("comment-5", "comment-8").replace("comment-6", "comment-9")
    for around in ("<template>{}</template>", "<!-- {} -->", "<textarea>{}</textarea>",
                   '<script type="text/template">{}</script>'):  # fmt: skip
        safe = hidden.replace("<!-- #comment-## -->", "")
        assert [c.id for c in parse(page(inside + around.format(safe))).thread] == ["5", "6"]


def test_widgets_and_menus_are_no_comments():
    widgets = """<ul id="recentcomments"><li class="recentcomments"><span
        class="comment-author-link">Zoe</span> on <a href="https://mill.example/x/#comment-99">X</a>
        </li></ul><ol class="wp-block-latest-comments"><li class="wp-block-latest-comments__comment">
        <a class="wp-block-latest-comments__comment-link" href="/y/#comment-98">Y</a></li></ol>
        <ul class="menu"><li class="menu-item even depth-1 parent" id="menu-item-5">x<ul
        class="children"><li class="page_item page-item-3 depth-2">Y</li></ul></li></ul>"""
    thread = parse(page(widgets + CLASSIC["Genesis"] + widgets)).thread
    assert [comment.id for comment in thread] == ["5", "6"]


@pytest.mark.parametrize("theme", CLASSIC)
def test_a_page_that_is_cut_anywhere_is_read(theme):
    text = page(CLASSIC[theme])
    whole = parse(text).thread
    for at in range(text.index("</h1>"), len(text), 47):
        thread = parse(text[:at]).thread
        assert [c.id for c in thread] in ([], ["5"], ["5", "6"])
        for comment in thread:
            assert all("<time" not in str(value) for value in comment.meta.values())
            assert comment.parent_id == whole[comment.id].parent_id
