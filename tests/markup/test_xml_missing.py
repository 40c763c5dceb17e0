"""Exports with one tag, or one line, missing: every comment comes out or is named."""

import re

import pytest

from discourse import ParseError, Status
from discourse.formats import disqus_xml, feeds, wxr

DISQUS_POST = """\
<post dsq:id="c{id}">
<id>wp{id}</id>
<message><![CDATA[<p>One
two {id}</p>
three]]></message>
<createdAt>2012-12-12T12:12:12Z</createdAt>
<isDeleted>false</isDeleted>
<author>
<email>bo@mail.example</email>
<name>Bo</name>
</author>
<thread dsq:id="{thread}" />
<parent dsq:id="{parent}" />
</post>
"""
DISQUS_THREAD = """\
<thread dsq:id="{0}">
<id>p{0}</id>
<forum>mill</forum>
<link>https://mill.example/{0}</link>
<title>T{0}</title>
<message />
<author>
<name>Ann</name>
</author>
</thread>
"""
DISQUS = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">\n'
    '<category dsq:id="9">\n<forum>mill</forum>\n</category>\n'
    + "".join(DISQUS_THREAD.format(thread) for thread in (1, 2))
    + "".join(
        DISQUS_POST.format(id=id, thread=id % 2 + 1, parent=f"c{id - 2}" if id > 2 else "")
        for id in range(1, 6)
    )
    + "</disqus>\n"
)
WXR_COMMENT = """\
<wp:comment>
<wp:comment_id>c{id}</wp:comment_id>
<wp:comment_author><![CDATA[Bo]]></wp:comment_author>
<wp:comment_author_email>bo@mail.example</wp:comment_author_email>
<wp:comment_date_gmt>2012-12-12 12:12:12</wp:comment_date_gmt>
<wp:comment_content><![CDATA[One
two {id}
three]]></wp:comment_content>
<wp:comment_approved>1</wp:comment_approved>
<wp:comment_parent>0</wp:comment_parent>
<wp:commentmeta>
<wp:meta_key>rating</wp:meta_key>
<wp:meta_value><![CDATA[5]]></wp:meta_value>
</wp:commentmeta>
</wp:comment>
"""
WXR_ITEM = """\
<item>
<title><![CDATA[T{0}]]></title>
<link>https://mill.example/{0}</link>
<content:encoded><![CDATA[<p>One
two</p>]]></content:encoded>
<wp:post_id>{0}</wp:post_id>
<wp:comment_status>open</wp:comment_status>
<wp:post_type>post</wp:post_type>
<category domain="post_tag" nicename="news"><![CDATA[News]]></category>
"""
WXR = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n'
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:wp="http://wordpress.org/export/1.2/">\n<channel>\n<title>The Mill</title>\n'
    "<link>https://mill.example</link>\n<wp:author>\n<wp:author_id>3</wp:author_id>\n"
    "<wp:author_login><![CDATA[ann]]></wp:author_login>\n</wp:author>\n"
    + "".join(
        WXR_ITEM.format(post)
        + "".join(WXR_COMMENT.format(id=f"{post}{n}") for n in range(3))
        + "</item>\n"
        for post in (1, 2)
    )
    + "</channel>\n</rss>\n"
)
RSS_ITEM = """\
<item>
<title>By: Bo</title>
<link>https://mill.example/a/#comment-{0}</link>
<dc:creator><![CDATA[Bo]]></dc:creator>
<pubDate>Tue, 14 Jan 2014 17:31:03 +0000</pubDate>
<guid isPermaLink="false">https://mill.example/?p=6#comment-{0}</guid>
<description><![CDATA[One
two]]></description>
<content:encoded><![CDATA[<p>One
two</p>
three]]></content:encoded>
</item>
"""
RSS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>\n'
    "<title>Comments on: A bridge</title>\n<link>https://mill.example/a/</link>\n"
    "<image>\n<url>https://mill.example/i.png</url>\n<title>no</title>\n</image>\n"
    + "".join(map(RSS_ITEM.format, range(11, 15)))
    + "</channel>\n</rss>\n"
)
ATOM_ENTRY = """\
<entry>
<id>tag:blogger.com,1999:blog-1.post-{0}</id>
<published>2014-01-14T17:31:03Z</published>
<category scheme="http://schemas.google.com/g/2005#kind" term="x#comment"/>
<content type="html"><![CDATA[One
two]]></content>
<author>
<name>Bo</name>
</author>
<thr:in-reply-to href="https://mill.example/a.html" ref="tag:x" type="text/html"/>
</entry>
"""
ATOM = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
    'xmlns:thr="http://purl.org/syndication/thread/1.0">\n<title>The Mill</title>\n'
    + "".join(map(ATOM_ENTRY.format, range(11, 15)))
    + "</feed>\n"
)
EXPORTS = {
    "disqus": (disqus_xml.parse, DISQUS),
    "wxr": (wxr.parse, WXR),
    "rss": (feeds.parse, RSS),
    "atom": (feeds.parse, ATOM),
}
TAG = re.compile(r"<!\[CDATA\[|\]\]>|</?[^<>!]+>")
ROOTS = ("<rss ", "<disqus ", "<feed ")


def damaged(text):
    """Yield what was taken out, and the rest, for each tag and each line."""
    for match in TAG.finditer(text):
        yield match[0], text[: match.start()] + text[match.end() :]
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        yield line, "".join(lines[:number] + lines[number + 1 :])


def comments(reading):
    return [c for thread in reading.threads for c in thread if c.status is not Status.MISSING]


@pytest.mark.parametrize("name", EXPORTS)
def test_every_comment_comes_out_or_is_named(name):
    parse, text = EXPORTS[name]
    whole = parse(text)
    assert not whole.problems
    ids = {comment.id for comment in comments(whole)}
    assert len(ids) > 3
    for gone, rest in damaged(text):
        if gone.startswith(ROOTS):
            with pytest.raises(ParseError):
                parse(rest)
            continue
        reading = parse(rest)
        out = comments(reading)
        named = {id for problem in reading.problems for id in problem.ids}
        assert len(out) + len((ids - {c.id for c in out}) & named) >= len(ids), gone
        assert "mail.example" not in repr(reading.threads), gone


@pytest.mark.parametrize("tag", ["</thread>", "</post>", "</item>", "</wp:comment>", "</entry>"])
def test_a_record_without_an_end_ends_where_the_next_begins(tag):
    for parse, text in EXPORTS.values():
        if tag in text:
            reading = parse(text.replace(tag, "", 1))
            assert comments(reading) == comments(parse(text))
            assert [p.kind for p in reading.problems] == ["unclosed-element"]


def test_a_post_without_a_beginning_keeps_its_thread_under_a_made_id():
    reading = disqus_xml.parse(DISQUS.replace('<post dsq:id="c2">\n', ""))
    first, second = reading.threads
    assert [c.id for c in first] == ["no-id-1", "c2", "c4"] and len(second) == 3
    assert first["no-id-1"].text == "<p>One\ntwo 2</p>\nthree"
    assert [p.kind for p in reading.problems] == ["stray-end-tag", "made-id", "orphan"]


def test_a_comment_without_a_beginning_is_found_among_the_fields_of_its_post():
    reading = wxr.parse(WXR.replace("<wp:comment>\n", "", 1))
    assert comments(reading) == comments(wxr.parse(WXR))
    assert [t.article for t in reading.threads] == [t.article for t in wxr.parse(WXR).threads]


def test_an_unclosed_field_keeps_its_text_and_gives_back_what_follows():
    text = WXR.replace("</wp:comment_id>", "", 1)
    assert comments(wxr.parse(text)) == comments(wxr.parse(WXR))


def test_a_section_without_an_end_does_not_swallow_the_next_comment():
    reading = disqus_xml.parse(DISQUS.replace("three]]></message>\n", "", 1))
    assert [c.id for c in comments(reading)] == [c.id for c in comments(disqus_xml.parse(DISQUS))]
    assert [p.kind for p in reading.problems] == ["unclosed-element", "unclosed-element"]


@pytest.mark.parametrize("space", ["urn:other", "http://disqus.com/2", "https://disqus.com/"])
@pytest.mark.parametrize("prefix", ["", "d:"])
def test_the_name_of_the_root_counts_and_not_its_namespace(space, prefix):
    text = DISQUS.replace('"http://disqus.com"', f'"{space}"')
    text = text.replace("http://disqus.com/disqus-internals", "urn:x")
    if prefix:
        text = re.sub(r"<(/?)(?!p>)(\w)", rf"<\1{prefix}\2", text).replace("xmlns=", "xmlns:d=")
    assert disqus_xml.parse(text) == disqus_xml.parse(DISQUS)
