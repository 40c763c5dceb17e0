"""Entries with replies in microformats: pages, classic markup, parsed JSON and webmentions."""

import json
from zoneinfo import ZoneInfo

import pytest

import discourse
from discourse import Article, Author, ParseError, Status, Stub
from discourse.formats import parse


def read(value, **options):
    return parse(value if isinstance(value, str) else json.dumps(value), "microformats", **options)


def entry(url=None, text="Hm.", **properties):
    stated = {"content": [text], **properties}
    return {"type": ["h-entry"], "properties": {**stated, "url": [url]} if url else stated}


def parents(reading):
    return {c.id: c.parent_id for c in reading.thread}


def kinds(reading):
    return [problem.kind for problem in reading.problems]


PAGE = """<!doctype html><html><body><article class="h-entry">
<h1 class="p-name"><a class="u-url" href="https://a.example/1">Old mills</a></h1>
<a class="p-author h-card" href="https://a.example/"><img src="/ada.png" alt="">Ada</a>
<time class="dt-published" datetime="2024-03-01T10:00:00+01:00">then</time>
<div class="e-content"><p>The text.</p>
<div class="u-comment h-cite"><a class="u-url" href="https://b.example/7">7</a>
<span class="p-author h-card"><b class="p-name">Ben</b> <i class="p-nickname">ben</i></span>
<div class="e-content p-name">Hm.</div>
<div class="p-comment h-cite"><a class="u-url" href="https://c.example/8"></a>
<p class="p-content">Yes.</p></div></div></div>
<a class="u-comment" href="https://d.example/9">another</a><a class="p-category">mills</a>
</article></body></html>"""


def test_the_comments_of_a_page_are_in_its_entry():
    reading = parse(PAGE)
    article = reading.thread.article
    assert article.title == "Old mills" and article.url == article.id == "https://a.example/1"
    assert article.authors == (Author("Ada", url="https://a.example/", avatar_url="/ada.png"),)
    assert article.text == "<p>The text.</p>" and article.tags == {"mills"}
    assert parents(reading) == {
        "https://b.example/7": None,
        "https://c.example/8": "https://b.example/7",
    }
    first, second = reading.thread
    assert first.author == Author("ben", display_name="Ben")
    assert (first.text, first.title, second.text) == ("Hm.", None, "Yes.")
    assert reading.thread.stubs == (Stub(ids=("https://d.example/9",), count=1),)
    assert not reading.problems


def test_pages_of_replies_are_read_with_what_they_answer(tmp_path):
    sources = {
        "1.html": '<div class="h-entry"><a class="u-url" href="https://a.example/1"></a><p class="e-content">A.</p></div>',
        "2.html": '<div class="h-entry"><a class="u-url" href="https://b.example/2"></a><a class="u-in-reply-to" href="https://a.example/1"></a><p class="e-content">B.</p></div>',
        "3.html": '<div class="h-entry"><a class="u-url" href="https://c.example/3"></a><div class="u-in-reply-to h-cite"><a class="u-url" href="https://b.example/2"></a></div><p class="e-content">C.</p></div>',
    }
    for name, source in sources.items():
        (tmp_path / name).write_text(source)
    reading = discourse.read([tmp_path / name for name in sources])
    assert reading.thread.article.id == "https://a.example/1"
    assert parents(reading) == {
        "https://b.example/2": None,
        "https://c.example/3": "https://b.example/2",
    }


def test_hatom_marks_comments_by_nesting_or_class():
    body = """<div class="hfeed"><div class="hentry" id="post-1"><h1 class="entry-title">Mills</h1>
    <a rel="bookmark" href="https://a.example/1"></a><div class="entry-content">Text.</div></div>
    <ol><li class="hentry comment"><a rel="bookmark" href="https://a.example/1#c7"></a>
    <span class="author vcard"><b class="fn">Ada</b></span>
    <abbr class="published" title="2024-03-01T10:00:00Z">then</abbr><p class="entry-content">Hm.</p>
    <div class="hentry"><a rel="bookmark" href="https://a.example/1#c8"></a><p class="entry-content">Yes.</p></div>
    </li></ol></div>"""
    reading = read(f"<!doctype html><html><body>{body}</body></html>")
    assert reading.thread.article.title == "Mills"
    assert parents(reading) == {
        "https://a.example/1#c7": None,
        "https://a.example/1#c8": "https://a.example/1#c7",
    }
    first = reading.thread["https://a.example/1#c7"]
    assert first.author == Author("Ada") and first.created_at.year == 2024


def test_a_feed_has_a_thread_for_each_entry():
    value = {"items": [{"type": ["h-feed"], "children": [entry("urn:1"), entry("urn:2")]}]}
    assert [t.article.id for t in read(value).threads] == ["urn:1", "urn:2"]


def test_of_several_things_answered_the_one_that_is_here_counts():
    answers = {
        "in-reply-to": [
            "https://x.example/",
            {"type": ["h-cite"], "properties": {"url": ["urn:2"]}},
        ]
    }
    reading = read(
        [entry("urn:1"), entry("urn:2", **{"in-reply-to": ["urn:1"]}), entry("urn:3", **answers)]
    )
    assert parents(reading) == {"urn:2": None, "urn:3": "urn:2"}
    assert len(reading.thread["urn:3"].meta["in-reply-to"]) == 2


def test_what_is_answered_and_not_here_has_a_placeholder():
    reading = read(entry("urn:3", **{"in-reply-to": ["urn:2"]}))
    assert reading.thread.article is None and parents(reading) == {"urn:2": None, "urn:3": "urn:2"}
    assert reading.thread["urn:2"].status is Status.MISSING


def test_webmentions_are_about_a_page():
    def mention(number, **more):
        return {
            "type": "entry",
            "author": {"type": "card", "name": "Ada", "url": "https://b.example/", "photo": ""},
            "url": f"https://b.example/{number}",
            "published": "2024-03-01T10:00:00+00:00",
            "wm-id": number,
            "wm-target": "https://a.example/1",
            "wm-property": "in-reply-to",
            "content": {"html": "<p>Hm.</p>", "text": "Hm."},
            **more,
        }

    value = {"type": "feed", "name": "Webmentions", "children": [
        mention(7), mention(8, **{"in-reply-to": "https://b.example/7"}),
        mention(9, **{"wm-property": "like-of", "content": None}),
    ]}  # fmt: skip
    reading = parse(json.dumps(value))
    assert reading.thread.article == Article(id="https://a.example/1", url="https://a.example/1")
    assert parents(reading) == {
        "https://b.example/7": None,
        "https://b.example/8": "https://b.example/7",
    }
    assert reading.thread["https://b.example/7"].author == Author("Ada", url="https://b.example/")
    assert kinds(reading) == ["reactions"]


def test_times_without_a_zone_wait_for_one():
    value = entry("urn:7", published=["2024-03-01 10:00"], **{"in-reply-to": ["urn:1"]})
    reading = read(value)
    assert "local-time" in kinds(reading) and reading.thread["urn:7"].created_at is None
    told = read(value, zone=ZoneInfo("Europe/Berlin")).thread["urn:7"].created_at
    assert told.isoformat() == "2024-03-01T10:00:00+01:00"


def test_a_time_may_be_in_parts():
    body = '<div class="h-entry"><p class="e-content">x</p><span class="dt-published"><b class="value">2024-03-01</b> at <b class="value">10:00</b><b class="value">+01:00</b></span></div>'
    assert read(body).thread.article.created_at.isoformat() == "2024-03-01T10:00:00+01:00"


def test_what_has_no_address_is_named_after_its_place_or_its_page():
    reading = read(
        '<div class="h-entry"><p class="e-content">x</p><div class="p-comment h-cite"><p class="e-content">y</p></div></div>',
        url="https://a.example/1",
    )
    assert reading.thread.article.id == "https://a.example/1"
    assert parents(reading) == {"n2": None} and kinds(reading) == ["no-id"]


@pytest.mark.parametrize(
    "value", [{"items": []}, {"items": [{"type": ["h-card"], "properties": {}}]}, []]
)
def test_what_has_no_entry_is_refused(value):
    with pytest.raises(ParseError, match="no microformats entry"):
        read(value)


def test_a_quote_in_a_post_is_no_comment():
    value = entry("urn:1")
    reading = read({**value, "children": [entry("urn:2")]})
    assert len(reading.thread) == 0 and kinds(reading) == ["not-recognised"]


def nested(number):
    begin = '<div class="u-comment h-cite"><div class="e-content p-name">x'
    return f'<div class="h-entry">{begin * number}'


def test_what_is_inside_itself_takes_linear_work(lines_run):
    once, twice = (lines_run(read, nested(n)) for n in (300, 600))
    assert twice < 2.3 * once
    thread = read(nested(5_000)).thread
    assert thread.depth(thread.comments[-1]) == 4_999
