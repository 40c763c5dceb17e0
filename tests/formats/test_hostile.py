"""Inputs made to hurt: what grows faster than they do, or escapes as somebody else's error.

Growth is tested by counting work, never by the clock.
"""

import pytest

import discourse

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
