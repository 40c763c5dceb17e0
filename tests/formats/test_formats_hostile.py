"""Inputs made to hurt: what grows faster than they do, or escapes as somebody else's error.

Growth is tested by counting work, never by the clock.
"""

import json

import pytest

import discourse
from discourse import Article, Comment, ParseError, Problem, Thread
from discourse._problems import ProblemLog
from discourse.formats import Reading
from discourse.formats._combine import _same_discussion, combined
from discourse.formats._heads import HEAD, Head
from discourse.formats._kit import _documents

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
    ["[" * 100_000, "[" * 1_000_001 + "]" * 1_000_001, '{"a": 1} {"b": 2}'],
    ids=["cut", "too deep", "two values"],
)
def test_json_ld_that_cannot_be_read_is_reported(script):
    reading = discourse.parse(wordpress_page(script), "wordpress-html")
    assert [problem.kind for problem in reading.problems] == ["bad-json-ld"]


# -- JSON from elsewhere ---------------------------------------------------------------------------

POST = '{"kind": "t1", "data": {"id": "a"}}'


def nested_replies(number):
    """A chain of comments of Reddit, each with a value that a problem must name with its path."""
    begin = '{"kind":"Listing","data":{"children":[{"kind":"t1","data":{"id":"%d","parent_id":"t3_p","score":"x","replies":'
    return "".join(begin % n for n in range(number)) + '""' + "}}]}}" * number


def test_paths_of_deep_objects_take_linear_work(lines_run):
    assert is_linear(lines_run, nested_replies, lambda text: discourse.parse(text, "reddit"), 500)
    first, *_, last = discourse.parse(nested_replies(600), "reddit").problems
    assert str(first.place) == "$.data.children[0].data.score"
    assert str(last.place).startswith("$.data.children[0].data.replies.data.children[0]")
    assert str(last.place).endswith(".data.children[0].data.score")
    assert " more ... " in str(last.place) and len(str(last.place)) < 2_000


class Counted(str):
    """Text that counts how many of its characters are searched or copied."""

    __slots__ = ("looked",)

    def find(self, part, start=0):
        at = str.find(self, part, start)
        self.looked = getattr(self, "looked", 0) + (at if at >= 0 else len(self)) - start
        return at

    def __getitem__(self, at):
        part = str.__getitem__(self, at)
        self.looked = getattr(self, "looked", 0) + len(part)
        return part


@pytest.mark.parametrize(
    ("before", "after"), [("", ""), ("", "\n" + POST), (POST + "\n{bad\n", "\n" + POST)]
)
def test_many_values_on_one_line_take_linear_work(before, after):
    text = Counted(before + POST * 500 + after)
    values = list(_documents._Values(text, ProblemLog()))
    assert len(values) == 500 + before.count(POST) + after.count(POST)
    assert text.looked < 4 * len(text)


def deep(depth):
    return "[" * depth + "]" * depth


@pytest.mark.parametrize("depth", [3_000, 100_000])
@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("discourse-forum", '{"error_type": "x", "errors": [%s]}'),
        ("discourse-forum", '{"error_type": "x", "errors": %s}'),
        ("wordpress-rest", '{"code": "rest_x", "message": %s, "data": 1}'),
        ("wordpress-rest", '{"code": %s, "message": "x", "data": 1}'),
    ],
)
def test_a_deep_value_in_an_error_of_a_server_is_not_written_out(format, text, depth):
    with pytest.raises(ParseError, match="error"):
        discourse.parse(text % deep(depth), format)


def test_the_outline_of_json_with_long_keys_is_small():
    keys = ",".join(f'"{n}":1' for n in range(1_000))
    outline = Head('{"' + "k" * 50_000 + '":{' + keys + "}}").json
    assert len(outline) > 500 and sum(map(len, outline)) < 3 * HEAD


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("discourse-forum", '{"id": 1, "post_stream": {"posts": [%s], "posts": [%s]}}'),
        ("discourse-forum", '{"latest_posts": [%s], "latest_posts": [%s]}'),
        ("wordpress-rest", '{"comments": [%s], "comments": [%s]}'),
    ],
)
def test_the_first_of_two_arrays_under_one_key_is_reported_whole(format, text):
    if format == "discourse-forum":
        posts = [f'{{"post_number": {n}, "topic_id": 1, "cooked": "x"}}' for n in (2, 3)]
    else:
        posts = [f'{{"id": {n}, "parent": 0, "author_name": "A", "content": {{}}}}' for n in (2, 3)]
    reading = discourse.parse(text % tuple(posts), format)
    assert [comment.id for comment in reading.thread] == ["3"]
    (problem,) = [each for each in reading.problems if each.kind == "repeated-key"]
    assert json.loads(posts[0]) in problem.values[0]


# -- parts of one discussion -----------------------------------------------------------------------

ORPHAN = (Problem("orphan", "parent 'x' of comment 'b' is missing", ("x", "b")),)


def shared_and_own(number):
    """Parts of which each has a comment of one discussion, and a discussion of its own."""
    return [
        Reading(
            [
                Thread(Article(id="a"), [Comment(str(n))]),
                Thread(Article(id=f"own {n}"), [Comment("1")]),
            ],
            ORPHAN,
        )
        for n in range(number)
    ]


def same_id_on_many_sites(number):
    """Parts that all have the id of the first, whose title is long."""
    first = Article(id="a", url="https://example.org/", title="T " * 100 * number)
    others = [Article(id="a", url=f"https://{n}.example.org/", title=str(n)) for n in range(number)]
    return [Reading([Thread(article)]) for article in (first, *others)]


def colliding(number):
    """Parts of one discussion with different comments of one id."""
    return [
        Reading([Thread(Article(id="a", title=f"T{n}"), [Comment("1", text=str(n))])], ORPHAN)
        for n in range(number)
    ]


@pytest.mark.parametrize("parts", [shared_and_own, same_id_on_many_sites, colliding])
def test_many_parts_take_about_linear_work(parts, lines_run):
    once, twice = (lines_run(combined, parts(n)) for n in (64, 128))
    assert twice < 2.4 * once  # two and two: n log n


def test_a_long_title_is_not_folded_for_each_part(monkeypatch):
    parts = same_id_on_many_sites(50)
    folded = []
    fold = _same_discussion._folded
    monkeypatch.setattr(
        _same_discussion, "_folded", lambda words: folded.append(words) or fold(words)
    )
    combined(parts)
    titles = [part.threads[0].article.title for part in parts]
    assert sum(map(len, filter(None, folded))) < 4 * sum(map(len, titles))
