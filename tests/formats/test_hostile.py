"""Inputs made to hurt: what grows faster than they do, or escapes as somebody else's error.

Growth is tested by counting work, never by the clock.
"""

import json

import pytest

import discourse
from discourse.formats.wordpress_html import _declarations

LONG = "&#" + "1" * 5_000 + ";"  # Python's own int() refuses more than 4,300 digits

WXR = """<?xml version="1.0"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>T</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>a</wp:author_login>
<wp:author_display_name><![CDATA[A %(long)s]]></wp:author_display_name></wp:author>
<item><title>P</title><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type>
<wp:comment><wp:comment_id>2</wp:comment_id>
<wp:comment_author><![CDATA[B %(long)s]]></wp:comment_author></wp:comment></item>
</channel></rss>"""
RSS = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Comments on: P</title>
<item><link>https://e.org/p#comment-1</link><guid>1</guid><dc:creator><![CDATA[B %(long)s]]></dc:creator><description>x</description></item>
</channel></rss>"""
DISQUS = """<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="1"><title>P</title></thread>
<post dsq:id="2"><message>x</message><author><name><![CDATA[B %(long)s]]></name></author>
<thread dsq:id="1"/></post></disqus>"""


@pytest.mark.parametrize(
    ("format", "source"), [("wxr", WXR), ("feed", RSS), ("disqus-xml", DISQUS)]
)
def test_a_reference_by_a_number_of_any_length_is_no_character(format, source):
    source = source.replace("%(long)s", LONG)
    (comment,) = discourse.parse(source, format).thread
    assert comment.author.name == "B \ufffd"


def wordpress_page(*scripts):
    return (
        '<html><head><meta name="generator" content="WordPress 6.4">'
        + "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
        + '</head><body class="single postid-1"><h1>Title</h1><p>Text.</p></body></html>'
    )


def is_linear(lines_run, make, read, size):
    """Whether reading twice the input takes about twice the work."""
    once, twice = (lines_run(read, make(n)) for n in (size, 2 * size))
    return twice < 2.2 * once


def references(number):
    """An article with many authors, each of them named by a reference to one of many people."""
    authors = [{"@id": f"#{n}"} for n in range(number)]
    people = [{"@id": f"#{n}", "@type": "Person", "name": f"P{n}"} for n in range(number)]
    article = {"@type": "Article", "headline": "Title", "author": authors}
    return wordpress_page(json.dumps({"@graph": [article, *people]}))


def test_references_in_json_ld_take_linear_work(lines_run):
    assert is_linear(
        lines_run, references, lambda text: discourse.parse(text, "wordpress-html"), 200
    )
    (thread,) = discourse.parse(references(200), "wordpress-html").threads
    assert [author.name for author in thread.article.authors] == [f"P{n}" for n in range(200)]


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(["x" * _declarations._LARGEST]),
        json.dumps([{"a": 1}] * (_declarations._MOST + 1)),
        "[" * 100_000,
    ],
)
def test_json_ld_beyond_a_bound_is_reported(script):
    reading = discourse.parse(wordpress_page(script), "wordpress-html")
    assert [problem.kind for problem in reading.problems] == ["bad-json-ld"]
