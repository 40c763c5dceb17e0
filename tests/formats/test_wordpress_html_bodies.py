"""Which text of a page is the article: the body a reader would name, and none of what is around it."""

import hashlib
import re

import pytest

from discourse.formats.wordpress_html import parse
from discourse.plain import plain_text

WHEEL = "The wheel turns in the water of the brook, and nobody knows who built it. "
BROOK = "The brook comes from the hills, where it rains more than anywhere else. "
BODY = f"<p>{WHEEL}</p>\n<p>{BROOK}</p>"


def text_of(body, title="A tale"):
    page = (
        f"<!DOCTYPE html><html><head><title>{title}</title><link href='/wp-content/a.css'></head>"
    )
    return parse(f"{page}<body class='single'>{body}</body></html>").thread.article.text


#: The element around the text, and what is in or beside it, as themes and builders print them.
THEMES = {
    "Twenty Ten": f'<div id="content"><div class="entry-content">{BODY}</div>'
    '<div class="entry-utility">Posted in <a href="/c">Mills</a></div></div>',
    "Twenty Twenty-Four": f'<main><div class="entry-content wp-block-post-content">{BODY}</div>'
    '<div class="wp-block-post-terms">Mills</div></main>',
    "Genesis": '<article class="post-7 post type-post entry"><header class="entry-header">'
    '<h1 class="entry-title">A tale</h1></header>'
    f'<div class="entry-content">{BODY}</div><footer class="entry-footer">Filed</footer></article>',
    "Thesis": f'<div class="post_box"><div class="format_text entry-content">{BODY}</div></div>',
    "Avada": f'<div class="post-content">{BODY}</div>'
    '<div class="fusion-sharing-box"><h4>Share This Story</h4></div>'
    '<section class="related-posts"><h2>Related Posts</h2><a href="/b">The bridge</a></section>',
    "Divi": f'<div class="et_pb_module et_pb_post_content">{BODY}</div>',
    "Elementor": '<div class="elementor-widget elementor-widget-theme-post-content">'
    f'<div class="elementor-widget-container">{BODY}</div></div>',
    "Newspaper": f'<div class="td-post-content">{BODY}<div class="td-a-ad">Buy</div></div>'
    '<div class="td-post-source-tags">Tags</div>',
    "GeneratePress": '<article class="post-7 hentry"><div class="inside-article">'
    f'<div class="entry-content">{BODY}</div></div></article>',
    "a class of teasers beside": '<div class="entry">The bridge. <a href="/b">More</a></div>'
    f'<div class="entrytext">{BODY * 3}</div>',
    "a theme that is not known": f'<div id="mill"><div class="box">{BODY}</div></div>'
    f'<div id="sidebar"><p>{WHEEL * 5}</p></div>',
}


@pytest.mark.parametrize("theme", THEMES)
def test_the_text_is_the_article_and_nothing_else(theme):
    text = text_of(THEMES[theme])
    assert BODY in text
    assert plain_text(text, "html").split() == plain_text(text.count(BODY) * BODY, "html").split()


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="sharedaddy"><h3>Share this:</h3><a href="/s">Tweet</a></div>',
        '<div class="addtoany_share_save_container"><a href="/s">Facebook</a></div>',
        '<div id="jp-relatedposts"><h3>Related</h3></div>',
        '<h3>You may also like</h3><ul><li><a href="/b">The bridge</a></li></ul>',
        '<p>Lesen Sie auch: <a href="/b">Die Brücke</a></p>',
        '<div class="author-box"><h4>Ann</h4><p>Ann writes about mills.</p></div>',
        '<div class="saboxplugin-wrap"><div class="saboxplugin-desc">Ann writes.</div></div>',
        '<div class="entry-tags"><a href="/t" rel="tag">mills</a></div>',
        '<div class="kk-star-ratings">Rate this post</div>',
        '<div class="newsletter-signup"><p>Get our letters.</p></div>',
        '<form class="donation-form"><p>Give us money.</p><button>Give</button></form>',
        '<span class="rt-reading-time">4 min</span>',
        '<div class="post-navigation"><a href="/b">The bridge</a></div>',
        '<div class="wprm-recipe-snippet"><a href="#r">Jump to Recipe</a></div>',
        '<div class="pin-it-btn-wrapper"><a href="/pin/create/button/">Pin the mill</a></div>',
        '<p class="wprm-recipe-cta">More? Subscribe to our <a href="/n">letters</a> on mills.</p>',
        '<div class="wprm-call-to-action"><span>Tried this recipe? Tell all of us.</span></div>',
        '<a class="btn deal-button" rel="nofollow" href="/go">To the deal &raquo;</a>',
        '<a class="wp-block-button__link" rel="noopener sponsored" href="/go">Buy a mill</a>',
        "<select><option>May 2014 of the archive of mills</option></select>",
    ],
)
@pytest.mark.parametrize("place", ["before", "after"])
def test_furniture_in_the_element_is_left_out(furniture, place):
    inside = furniture + BODY if place == "before" else BODY + furniture
    assert text_of(f'<div class="entry-content">{inside}</div>') == BODY


def test_a_button_that_nobody_pays_for_is_part_of_the_text():
    button = '<a class="wp-block-button__link" href="/mill.pdf" rel="noopener">The plans</a>'
    assert text_of(f'<div class="entry-content">{BODY}{button}</div>') == BODY + button


LEAD = (
    '<div class="entry-excerpt"><p>We went up the brook and found the mill of the tale.</p></div>'
)


@pytest.mark.parametrize(
    ("above", "lead"),
    [
        (f"<header><h1>A tale</h1>{LEAD}<p>By Ann</p></header>", LEAD),
        (f"<header><h1>A tale</h1></header>{LEAD}<figure>A mill</figure>", LEAD),
        (f'<h1>A tale</h1><h2 class="article-teaser">{LEAD}</h2>', f'<h2 class="article-teaser">{LEAD}</h2>'),
        ('<h1>A tale</h1><p class="lead">We went up and <b>found</b> it: <a href="/b">the mill</a> of which all speak.</p>',
         '<p class="lead">We went up and <b>found</b> it: <a href="/b">the mill</a> of which all speak.</p>'),
        (f'<h1>A tale</h1><div class="lead"><div class="sharedaddy">Tweet</div>{LEAD}</div>',
         f'<div class="lead">{LEAD}</div>'),
        # an excerpt that WordPress makes of the text
        (f'<h1>A tale</h1><div class="entry-excerpt">{WHEEL}{BROOK[:30]} [&hellip;]</div>', None),
        # of other articles
        (f"{LEAD}<h1>A tale</h1>", None),
        (f"<h1>A tale</h1><aside>{LEAD}</aside>", None),
        (f'<h1>A tale</h1><div class="lead"><a href="/b">{"The bridge of the mill. " * 5}</a></div>', None),
        # a label
        ('<h1>A tale</h1><p class="lead">By Ann</p>', None),
    ],
)  # fmt: skip
def test_the_text_begins_with_the_lead_below_the_title(above, lead):
    text = text_of(f'<article>{above}<div class="entry-content">{BODY}</div></article>')
    assert text == (f"{lead}\n{BODY}" if lead else BODY)


def test_a_text_in_several_elements_is_whole():
    parts = "".join(f'<div class="the-content"><p>{n} {WHEEL}</p></div>' for n in range(5))
    text = text_of(f"<main><aside><p>{BROOK}</p></aside>{parts}</main>")
    assert [f"{n} {WHEEL}" in text for n in range(5)] == [True] * 5
    assert BROOK not in text


def test_what_is_called_furniture_and_holds_the_text_is_the_text():
    assert BODY in text_of(f'<form><div class="shared-content"><div>{BODY}</div></div></form>')


def test_a_section_about_more_of_something_is_part_of_the_text():
    section = f"<h2>More from the mill</h2><p>{BROOK}</p>"
    assert text_of(f'<div class="entry-content">{BODY}{section}</div>') == BODY + section


def test_a_heading_that_repeats_the_title_is_none_of_the_text():
    assert text_of(f'<div class="entry-content"><h1>A tale</h1>{BODY}</div>') == BODY


def test_widgets_in_the_text_are_of_a_page_builder():
    widgets = f'<div class="widget widget_sow-editor"><p>{WHEEL}</p></div>' * 4
    assert text_of(f'<div class="entry-content">{widgets}</div>').count(WHEEL) == 4


# -- real pages ------------------------------------------------------------------------------------

#: Of 20 pages, read by eye: how many words the article has, and digests of the first ten words and
#: of the last ten.
TRUTH = {
    "0a962f6bcd5649f7a7e6effa338df80d.html": (127, "400dac2dc191", "29d69d7a4e04"),
    "cubadebate.cu-sesiona.html": (2906, "c7ff93486f23", "74a500ef50f5"),
    "elavegan.com-Peanut.html": (1911, "af3385604efb", "1720a07a1866"),
    "flawlessfood.co.uk.olive.html": (1282, "ff7052634be5", "58a2c0ea240f"),
    "foxyfolksy.com.buttercream.html": (1044, "778f7c53bdf4", "f639f21a0c90"),
    "franziska-elea.de.vuitton.html": (692, "cf988a7aece1", "e72c71981296"),
    "frolleinherr.com.lost.html": (1640, "f49230ec99f9", "ad27712b382a"),
    "gnadlib.wordpress.com.scherenschnitt.html": (84, "4d8ae9108e7b", "2334b5faf208"),
    "golfpost.de-premiere.html": (401, "95a117f46682", "4d4cf499f7c0"),
    "insubordinant.wordpress.com.speed.html": (630, "1f205c16fc38", "a0e703fdb950"),
    "lady50plus.de.sekre.html": (852, "fd26718a1f5e", "e95a839d903a"),
    "netzpolitik.org.abmahnungen.html": (1937, "451a4f4ebb9b", "9ab559401eb8"),
    "skispringen.com-verpasst.html": (411, "975260ec7498", "15efc2a571db"),
    "stackoverflow.com.rust.html": (1872, "2ef5ba1c15be", "683f992234f4"),
    "theoriginalcopy.de.baby.html": (1095, "f4d6eb89d988", "165cbdeb3c58"),
    "verfassungsblog.de.expertinnen.html": (971, "72887f80c6aa", "bc8ee2c5258a"),
    "whizzy-cisco-7941-asterisk-and-sip.html": (3455, "0b9e68cc24b7", "92bfbe16d65c"),
    "youhadmeatgardening.com.lemon.html": (2067, "5b17c2e98c57", "a1330797f34b"),
    "zulang.wordpress.com.genitalverstuemmelung.html": (1205, "50d813e822b7", "d0845eaa58e4"),
    "spontis.de.jahrzehnt.html": (546, "fbfa59f5f910", "4ee510007a54"),
}
#: What begins a line of furniture, and no line of these articles.
FURNITURE = (
    "share this", "share on", "share it", "related posts", "related articles", "tweet", "teilen", "weitersagen", "pin it",
    "gefällt mir", "ähnliche beiträge", "you may also", "das könnte dich", "dir könnte auch",
    "leave a reply", "newsletter", "subscribe", "about the author", "über den autor", "filed under",
    "posted in", "tags:", "schlagworte", "jump to recipe", "print recipe", "previous post",
    "want more recipes", "tried this recipe", "download pdf", "suggested citation", "while you are here", "klick, um", "compartir",
)  # fmt: skip


def lines_of(markup):
    """The lines of a text without pictures."""
    return plain_text(re.sub(r"<img[^>]*>", "", markup or ""), "html", links=False).splitlines()


def words_of(lines):
    return [word for line in lines for word in re.findall(r"\w+", line.casefold())]


def digest(words):
    return hashlib.sha256(("the mill: " + " ".join(words)).encode()).hexdigest()[:12]


def test_articles_of_real_pages_begin_and_end_where_a_reader_says(shared):
    found = {}
    for path in sorted((shared / "samples").glob("w*-html/*.html")):
        if path.name in TRUTH:
            markup = parse(path.read_text("utf-8", "replace")).thread.article.text
            words = words_of(lines_of(markup))
            found[path.name] = (len(words), digest(words[:10]), digest(words[-10:]))
            furniture = [
                x for x in lines_of(markup) if x.strip(" -").casefold().startswith(FURNITURE)
            ]
            assert furniture == [], path.name
    if not found:
        pytest.skip("no pages are in the folder")
    right = [
        name
        for name, (count, start, end) in found.items()
        if (start, end) == TRUTH[name][1:] and abs(count - TRUTH[name][0]) <= TRUTH[name][0] / 50
    ]
    assert len(right) >= len(TRUTH) - 1, found.keys() - set(right)
