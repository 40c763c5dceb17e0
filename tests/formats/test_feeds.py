"""Feeds of comments and of posts: what each entry is, what it answers, and where it belongs."""

import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse
from discourse import Article, Author, Comment, LimitError, ParseError, Status
from discourse.formats import feeds
from discourse.formats._heads import Head
from discourse.formats.feeds import parse
from discourse.model import TextFormat

RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel>
"""
ATOM = """<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"
  xmlns:thr="http://purl.org/syndication/thread/1.0">
"""
PAGE = "https://mill.example/2014/bridge/"


def channel(*items, title="\n\tComments on: A bridge: now!\t", link=PAGE, more=""):
    head = f"<title>{title}</title><link>{link}</link><language>en</language>"
    head += '<generator>https://wordpress.org/?v=5.7</generator><atom:link rel="self" '
    head += f'href="{link}feed/"/>{more}'
    return f"{RSS}{head}{''.join(items)}</channel></rss>"


def item(id, text="<p>Hm.</p>", *, page=PAGE, post="6", name="Bo", title=None):
    return f"""<item><title>
		{title or f"By: {name}"}		</title><link>{page}#comment-{id}</link>
	<dc:creator><![CDATA[{name}]]></dc:creator><pubDate>Tue, 14 Jan 2014 17:31:03 +0000</pubDate>
	<guid isPermaLink="false">https://mill.example/?p={post}#comment-{id}</guid>
	<description>short</description><content:encoded><![CDATA[{text}
]]></content:encoded></item>"""


def reply(to, phrase=("In reply to ", "."), *, page=PAGE):
    return f'<p>{phrase[0]}<a href="{page}#comment-{to}">Bo</a>{phrase[1]}</p>\n<p>Yes.</p>'


def kinds(reading):
    return [problem.kind for problem in reading.problems]


def tree(thread):
    return [(c.id, c.parent_id) for c in thread]


# -- RSS -----------------------------------------------------------------------------------------


def test_a_feed_of_one_post_is_a_thread_under_its_article():
    reading = parse(channel(item("9", name="Bo &amp; Co")))
    thread = reading.thread
    assert thread.article == Article("A bridge: now!", id="6", url=PAGE, language="en")
    assert thread.comments == (
        Comment(
            "9",
            None,
            Author("Bo & Co"),
            "<p>Hm.</p>",
            text_format="html",
            created_at=dt.datetime(2014, 1, 14, 17, 31, 3, tzinfo=dt.UTC),
            url=f"{PAGE}#comment-9",
        ),
    )
    assert thread.source.platform == "wordpress" and thread.source.url == f"{PAGE}feed/"
    assert thread.meta == {"title": "Comments on: A bridge: now!", "link": PAGE}
    assert not reading.problems


def test_replies_are_found_by_their_link_which_leaves_the_text():
    reading = parse(channel(item("9", reply("8")), item("8", reply("7")), item("7")))
    assert tree(reading.thread) == [("7", None), ("8", "7"), ("9", "8")]
    assert [c.text for c in reading.thread] == ["<p>Hm.</p>", "<p>Yes.</p>", "<p>Yes.</p>"]


@pytest.mark.parametrize(
    "phrase",
    [
        ("Als Antwort auf ", "."),
        ("En réponse à ", "."),
        ("", " への返信。"),
        ("В ответ на ", "."),
        ("رداً على ", "."),
    ],
)
def test_the_phrase_may_be_in_any_language(phrase):
    made = parse(channel(item("9", reply("7", phrase)), item("8", reply("7", phrase)), item("7")))
    assert tree(made.thread) == [("7", None), ("9", "7"), ("8", "7")]
    assert all("href" not in c.text for c in made.thread)


def test_a_phrase_in_a_description_alone_ends_in_a_blank_line():
    text = (
        item("9")
        .replace("content:encoded", "other")
        .replace(
            "<description>short",
            f'<description><![CDATA[In reply to <a href="{PAGE}#comment-7">Bo</a>.\n\nYes.]]>',
        )
    )
    made = parse(channel(text, item("7"))).thread
    assert made["9"].parent_id == "7" and made["9"].text == "Yes."


def test_a_link_of_the_writers_own_is_no_parent():
    own = f'<p>As <a href="{PAGE}#comment-7">Bo</a> has said already.</p><p>So.</p>'
    inside = (
        f'<p>See <a href="{PAGE}#comment-7">Bo</a>, who is right about it, and goes on.</p>' * 2
    )
    other = '<p>In reply to <a href="https://else.example/#comment-7">Bo</a>.</p><p>Yes.</p>'
    late = f"<p>First.</p>{reply('7')}"
    reading = parse(
        channel(
            item("9", reply("7")),
            item("10", own),
            item("11", other),
            item("12", late),
            item("13", inside),
            item("7"),
        )
    )
    assert [c.parent_id for c in reading.thread if c.parent_id] == ["7"]
    assert reading.thread["10"].text == own and reading.thread["12"].text == late
    assert [(p.kind, p.ids) for p in reading.problems] == [
        ("maybe-reply", ("10", "7")),
        ("maybe-reply", ("13", "7")),
    ]


def test_a_parent_beyond_the_feed_is_a_placeholder():
    reading = parse(channel(item("9", reply("3"))))
    assert [(c.id, c.status.value) for c in reading.thread] == [("3", "missing"), ("9", "visible")]
    assert kinds(reading) == ["orphan"]


def test_comments_stay_in_the_order_of_the_feed():
    assert [c.id for c in parse(channel(item("9"), item("8"), item("7"))).thread] == ["9", "8", "7"]


def test_a_feed_of_a_site_is_a_thread_for_each_post():
    other = "https://mill.example/2015/mill/"
    reading = parse(
        channel(
            item("9", title="Comment on Stand by me by Bo"),
            item("8", page=other, post="7", name="Cy", title="Comment on The mill by Cy"),
            item("7", page=f"{PAGE}comment-page-2/"),
            title="Comments for The Mill",
            link="https://mill.example/",
        )
    )
    assert [
        (t.article.id, t.article.title, t.article.url, [c.id for c in t]) for t in reading.threads
    ] == [
        ("6", "Stand by me", PAGE, ["9", "7"]),
        ("7", "The mill", other, ["8"]),
    ]
    assert {t.article.site for t in reading.threads} == {"The Mill"}


def test_relative_addresses_of_a_mirror_do():
    text = channel(item("9", reply("7", page="/b/"), page="/b/"), item("7", page="/b/"), link="")
    reading = parse(text.replace("https://mill.example/?p", "/?p"))
    assert tree(reading.thread) == [("7", None), ("9", "7")]
    assert reading.thread.article.url == "/b/"


def test_posts_are_articles_with_a_count_and_no_comments():
    post = """<item><title>The mill &amp;amp; me</title><link>https://mill.example/mill/</link>
    <comments>https://mill.example/mill/#comments</comments><dc:creator>Ann</dc:creator>
    <category>News</category><guid isPermaLink="false">https://mill.example/?p=7</guid>
    <wfw:commentRss>https://mill.example/mill/feed/</wfw:commentRss>
    <slash:comments>12</slash:comments><description>&lt;p&gt;Old.&lt;/p&gt;</description></item>"""
    reading = parse(
        channel(post, post.replace("p=7", "p=8").replace(">12<", ">many<"), title="The Mill")
    )
    first, second = reading.threads
    assert len(first) == 0 and first.article == Article(
        "The mill & me",
        id="7",
        url="https://mill.example/mill/",
        authors=[Author("Ann")],
        text="<p>Old.</p>",
        text_format="html",
        site="The Mill",
        language="en",
        comment_count=12,
        tags={"News"},
        meta={
            "comments": "https://mill.example/mill/#comments",
            "wfw:commentRss": "https://mill.example/mill/feed/",
        },
    )
    assert second.article.comment_count is None and kinds(reading) == ["bad-value"]


def test_posts_and_their_comments_in_one_feed_are_one_thread():
    post = f"<item><title>T</title><link>{PAGE}</link><guid>{PAGE}</guid></item>"
    reading = parse(channel(item("9"), post, title="The Mill", link="https://mill.example/"))
    assert (reading.thread.article.title, tree(reading.thread)) == ("T", [("9", None)])


def test_empty_feeds():
    reading = parse(channel())
    assert (len(reading.thread), reading.thread.article.title) == (0, "A bridge: now!")
    reading = parse(channel(title="Comments for The Mill", link="/"))
    assert reading.threads == () and kinds(reading) == ["no-entries"]


def test_times_without_a_zone_are_kept_and_resolved_by_the_caller():
    text = channel(item("9").replace(" +0000", ""), item("8").replace("Jan 2014", "Foo 2014"))
    reading = parse(text)
    assert [c.created_at for c in reading.thread] == [None, None]
    assert reading.thread["9"].meta == {"created_at_local": "2014-01-14T17:31:03"}
    assert [(p.kind, p.ids) for p in reading.problems] == [
        ("bad-time", ("8",)),
        ("local-time", ("9",)),
    ]
    resolved = parse(text, zone=ZoneInfo("Europe/Berlin")).thread["9"]
    assert resolved.created_at == dt.datetime(2014, 1, 14, 16, 31, 3, tzinfo=dt.UTC)


def test_contacts_are_kept_when_asked_for():
    text = channel(
        item("9")
        .replace("dc:creator>", "x>")
        .replace("<pubDate>", "<author>bo@mail.example (Bo)</author><pubDate>")
    )
    assert parse(text).thread["9"].author == Author("Bo")
    assert "mail.example" not in discourse.dumps(parse(text).thread)
    assert parse(text, contacts=True).thread["9"].meta["author"] == "bo@mail.example (Bo)"


# -- Atom ----------------------------------------------------------------------------------------


def entry(id, *inside, name="Bo", text="&lt;p&gt;Hm.&lt;/p&gt;"):
    return (
        f"<entry><id>{id}</id><author><name>{name}</name></author>"
        f"<published>2014-01-14T17:31:03Z</published><updated>2014-01-14T17:31:03Z</updated>"
        f'<content type="html">{text}</content>{"".join(inside)}</entry>'
    )


def link(rel, href):
    return f'<link rel="{rel}" href="{href}"/>'


def answer(ref, href=""):
    return f'<thr:in-reply-to ref="{ref}" href="{href}"/>'


def test_a_comment_feed_of_wordpress():
    guid = "https://mill.example/?p=6"
    text = (
        f"{ATOM}<title>Comments on: A bridge</title>{link('alternate', PAGE)}"
        + entry(
            f"{guid}#comment-9", link("alternate", f"{PAGE}#comment-9"), answer(f"{guid}#comment-8")
        )
        + entry(f"{guid}#comment-8", link("alternate", f"{PAGE}#comment-8"), answer(guid, PAGE))
        + entry(
            f"{guid}#comment-7", link("alternate", f"{PAGE}#comment-7"), answer(f"{guid}#comment-2")
        )
        + "</feed>"
    )
    reading = parse(text)
    assert tree(reading.thread) == [("8", None), ("9", "8"), ("2", None), ("7", "2")]
    assert (reading.thread.article.title, reading.thread.article.id) == ("A bridge", "6")
    assert reading.thread["8"].edited_at is None and kinds(reading) == ["orphan"]


def test_a_comment_feed_of_any_software():
    text = (
        f"{ATOM}<title>T</title>"
        + entry("urn:c:2", answer("urn:c:1"), text="a")
        + entry("urn:c:1", answer("urn:p", "https://x.example/p"))
        + entry("urn:p", "<title>The post</title><thr:total>2</thr:total>")
        + entry("urn:q", '<link rel="replies" thr:count="7" href="https://x.example/q"/>')
        + "</feed>"
    )
    first, second = parse(text).threads
    assert tree(first) == [("urn:c:1", None), ("urn:c:2", "urn:c:1")]
    assert (first.article.title, first.article.id, first.article.comment_count) == (
        "The post",
        "urn:p",
        2,
    )
    assert second.article.comment_count == 7 and len(second) == 0


def test_isso():
    tag = "tag:mill.example,2018:/isso/3/"
    page = "https://mill.example/bridge/"
    text = f"{ATOM}<title>Comments for mill.example/bridge/</title>" + "".join(
        [
            entry(
                tag + "2", link("alternate", page + "#isso-2"), answer(tag + "1", page + "#isso-1")
            ),
            entry(tag + "1", link("alternate", page + "#isso-1")),
        ]
    )
    reading = parse(text + "</feed>")
    assert tree(reading.thread) == [("1", None), ("2", "1")] and reading.thread.article.url == page


def test_comments_of_blogger_name_the_post_and_a_link_their_parent():
    blog = "tag:blogger.com,1999:blog-1."
    base = "https://www.blogger.com/feeds/1/5/comments/default/"
    under = answer(f"{blog}post-5", "https://mill.example/p.html")
    text = (
        f"{ATOM}<id>{blog}post5.comments</id><title>Comments on The Mill: A bridge</title>"
        f"{link('alternate', 'https://mill.example/p.html')}<generator>Blogger</generator>"
        + entry(f"{blog}post-11", under, link("related", f"{base}10?v=2"), "<title>Hm...</title>")
        + entry(f"{blog}post-10", under, name="Anonymous")
        + entry(f"{blog}post-12", under, link("related", f"{base}3?v=2"))
        + "</feed>"
    )
    reading = parse(text)
    assert tree(reading.thread) == [("10", None), ("11", "10"), ("3", None), ("12", "3")]
    assert (
        reading.thread["10"].author is None and reading.thread["10"].meta["author"] == "Anonymous"
    )
    assert reading.thread["11"].title is None
    assert (
        reading.thread.article.id == f"{blog}post-5" and reading.thread.source.platform == "blogger"
    )


def test_an_export_of_blogger_is_no_feed():
    kind = '<category scheme="http://schemas.google.com/g/2005#kind" term="http://x/kind#{}"/>'
    settings = entry("tag:blogger.com,1999:blog-1.settings.A", kind.format("settings"))
    with pytest.raises(ParseError, match="export of Blogger"):
        parse(f"{ATOM}{settings}</feed>")


def test_contents_are_html_xhtml_or_plain_text():
    html = entry("urn:1", answer("urn:p"))
    xhtml = html.replace(
        'type="html">&lt;p&gt;Hm.&lt;/p&gt;',
        'type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>H&amp;m.<br/></p></div>',
    )
    plain = html.replace('type="html">&lt;p&gt;', 'type="text">&lt;p&gt;')
    made = [parse(f"{ATOM}{each}</feed>").thread.comments[0] for each in (html, xhtml, plain)]
    assert [(c.text, c.text_format) for c in made] == [
        ("<p>Hm.</p>", TextFormat.HTML),
        ("<p>H&amp;m.<br/></p>", TextFormat.HTML),
        ("<p>Hm.</p>", TextFormat.TEXT),
    ]


def test_a_feed_that_only_says_what_it_answers():
    made = parse(f"{ATOM}{answer('urn:p', 'https://x.example/p')}</feed>").thread
    assert made.article == Article(id="urn:p", url="https://x.example/p") and len(made) == 0


def test_loops_and_comments_without_ids_are_kept():
    text = f"{ATOM}{entry('urn:1', answer('urn:2'))}{entry('urn:2', answer('urn:1'))}"
    text += entry("", answer("urn:1")) + "</feed>"
    reading = parse(text)
    assert sum(len(t) for t in reading.threads) == 3
    assert sorted(kinds(reading)) == ["cycle", "made-id"]


# -- what else writes feeds ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Tue, 3 Jun 2008 11:05:30 GMT", "2008-06-03T11:05:30+00:00"),
        ("Tue, 03 Jun 08 11:05:30 GMT", "2008-06-03T11:05:30+00:00"),
        ("Tue, 03 Jun 98 11:05:30 GMT", "1998-06-03T11:05:30+00:00"),
        ("3 Jun 2008 11:05 +0200", "2008-06-03T11:05:00+02:00"),
        ("Tue,03 June 2008 11:05:30 +02:00", "2008-06-03T11:05:30+02:00"),
        ("Di, 03 Jun 2008 11:05:30 -0330", "2008-06-03T11:05:30-03:30"),
        ("Tuesday, 03-Jun-08 11:05:30 UTC", "2008-06-03T11:05:30+00:00"),
        ("Tue, 03 Jun 2008 11:05:30 EST", "2008-06-03T11:05:30-05:00"),
        ("Tue, 03 Jun 2008 11:05:30 CEST", "2008-06-03T11:05:30+02:00"),
        ("Tue, 03 Jun 2008 11:05:30 -0000", "2008-06-03T11:05:30+00:00"),
        ("2008-06-03T11:05:30Z", "2008-06-03T11:05:30+00:00"),
        ("2008-06-03T11:05:30.5+02:00", "2008-06-03T11:05:30.500000+02:00"),
    ],
)
def test_a_time_may_have_many_shapes(told, expected):
    made = parse(channel(item("9").replace("Tue, 14 Jan 2014 17:31:03 +0000", told))).thread["9"]
    assert made.created_at.isoformat() == expected and not made.meta


@pytest.mark.parametrize(
    "told",
    [
        "Wed, 30 Nov -0001 00:00:00 +0000", "Tue, 03 Jun 2008 23:59:60 GMT", "1212491130", "today",
        "03 Jun 2008", "mar., 03 juin 2008 11:05:30 +0200", "Tue, 31 Feb 2008 11:05:30 GMT",
        "Tue, 03 Jun 2008 11:05:30 +9900", "0001-01-01T00:00:00+05:00",
    ],
)  # fmt: skip
def test_what_is_no_time_is_kept_and_told(told):
    reading = parse(channel(item("9").replace("Tue, 14 Jan 2014 17:31:03 +0000", told)))
    made = reading.thread["9"]
    assert made.created_at is None and made.meta == {"pubDate": told}
    assert [(p.kind, p.ids, p.values) for p in reading.problems] == [("bad-time", ("9",), (told,))]


def test_the_name_may_be_in_the_title_alone():
    titles = {"by: Ada": "Ada", "Von: Bo": "Bo", "Par : Cy": "Cy", "От: Ева": "Ева", "Yes": None}
    for title, name in titles.items():
        text = channel(item("9", title=title).replace("dc:creator>", "x>"))
        made = parse(text).thread["9"]
        assert made.author == (Author(name) if name else None)
        assert made.title == (None if name else title)


def test_a_form_for_a_password_is_no_text():
    form = '<form action="/wp-login.php"><p><input name="post_password" type="password"></p></form>'
    reading = parse(channel(item("9", form), item("8")))
    assert [c.text for c in reading.thread] == [None, "<p>Hm.</p>"]
    assert [(p.kind, p.ids) for p in reading.problems] == [("protected", ("9",))]


def test_the_first_rss_is_read_like_the_second():
    text = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="x"><title>Comments on: T</title><link>{PAGE}</link></channel>
      <item rdf:about="{PAGE}#comment-9"><title>By: Ada</title><link>{PAGE}#comment-9</link>
      <description>Hm.</description><dc:creator>Ada</dc:creator>
      <dc:date>2005-01-01T00:00:00+01:00</dc:date></item></rdf:RDF>"""
    assert feeds.FORMAT.fits(Head(text))
    thread = discourse.parse(text).thread
    assert thread.article.title == "T" and thread["9"].author == Author("Ada")
    assert thread["9"].created_at.isoformat() == "2005-01-01T00:00:00+01:00"


def test_atom_of_before_its_name():
    text = f"""<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="en"><title>Comments
      on T</title>{link("alternate", PAGE)}<entry><title>Hello</title>
      {link("alternate", PAGE + "#c12")}<id>tag:mill.example,2004:c</id>
      <issued>2004-01-01T00:00:00Z</issued><modified>2004-01-02T00:00:00Z</modified>
      <author><name>Ada</name><url>http://ada.example</url></author>
      <content type="text/html" mode="escaped">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>"""
    thread = discourse.parse(text).thread
    made = thread["12"]
    assert thread.article.language == "en" and made.text == "<p>x</p>" and made.title == "Hello"
    assert made.author == Author("Ada", url="http://ada.example")
    assert (made.created_at.day, made.edited_at.day) == (1, 2)


def test_users_of_blogger_are_known_by_their_profiles_and_the_removed_by_a_mark():
    blog = "tag:blogger.com,1999:blog-1."
    under = answer(f"{blog}post-5", "https://mill.example/p.html")
    profile = "<uri>https://www.blogger.com/profile/{}</uri></author>".format
    gone = '<gd:extendedProperty name="blogger.contentRemoved" value="true"/>'
    shown = "https://mill.example/p.html?showComment=1{0}#c{0}".format

    def of(id, name, *more, text="Hm."):
        made = entry(f"{blog}post-{id}", under, link("alternate", shown(id)), *more, name=name)
        return made.replace("</author>", profile(id)).replace("&lt;p&gt;Hm.&lt;/p&gt;", text)

    start = ATOM.replace("<feed ", '<feed xmlns:gd="http://schemas.google.com/g/2005" ')
    thread = parse(
        start
        + of(11, "Ada")
        + of(12, "Unknown")
        + of(13, "Bo", gone, text="This comment has been removed by the author.")
        + of(14, "Cy", gone, text="This comment has been removed by a blog administrator.")
        + "</feed>"
    ).thread
    assert [(c.author.name, c.author.id) for c in thread] == [
        ("Ada", "11"), (None, "12"), ("Bo", "13"), ("Cy", "14"),
    ]  # fmt: skip
    assert thread["12"].meta == {"author": "Unknown"}
    assert [c.status.value for c in thread] == ["visible", "visible", "deleted", "removed"]
    assert thread.article.url == "https://mill.example/p.html"


def test_posts_of_a_forum_are_comments_of_their_topic(tmp_path):
    base = "https://forum.example/t/the-mill"

    def post(topic, number, name):
        return f"""<item><title>The mill</title><dc:creator><![CDATA[{name}]]></dc:creator>
        <description>Hm.</description><link>{base}/{topic}/{number}</link>
        <guid isPermaLink="false">forum.example-post-{topic}{number}</guid></item>"""

    text = channel(
        post(77, 2, "@bo Bo B."), post(78, 5, "@cy"), post(77, 1, "@ada"), title="T", link="/"
    )
    (tmp_path / "a.rss").write_text(text, encoding="utf-8")
    first, second = parse(text).threads
    assert (first.article.id, first.article.title) == ("77", "The mill")
    assert first.article.url == f"{base}/77" and first.article.authors == (Author("ada"),)
    assert [(c.id, c.author) for c in first] == [("2", Author("bo", display_name="Bo B."))]
    assert (second.article.id, second.article.title, len(second)) == ("78", "The mill", 1)
    (tmp_path / "b.json").write_text(
        '{"post_stream": {"posts": [{"id": 3, "post_number": 3, "reply_to_post_number": 2, '
        '"topic_id": 77, "cooked": "Yes."}]}, "id": 77}',
        encoding="utf-8",
    )
    merged = discourse.read([tmp_path / "b.json", tmp_path / "a.rss"]).threads[0]
    assert tree(merged) == [("2", None), ("3", "2")] and merged["2"].text == "Hm."


def test_a_page_and_its_feed_are_one_thread_that_knows_what_either_knows():
    page = f"""<html><head><link href="{PAGE}" rel="canonical">
    <link href="/wp-content/a.css"></head>
    <body><ol class="commentlist"><li class="comment depth-1" id="comment-1"><cite class="fn"><a
    href="https://ann.example/">Ann</a></cite><a href="#comment-1">1. May 2024</a><p>Why?</p>
    <ul class="children"><li class="comment depth-2" id="comment-2"><cite class="fn">Ben</cite>
    <a href="#comment-2">1. May 2024</a><p>So.</p></li></ul></li></ol></body></html>"""
    feed = channel(item("2", "<p>So.</p>", name="Ben"), item("1", "<p>Why?</p>", name="Ann"))
    alone = parse(feed)
    assert alone.inferred == {"1", "2"}  # it tells of no comment what it answers
    for parts in ((page, feed), (feed, page)):
        reading = discourse.read([io.BytesIO(part.encode()) for part in parts])
        assert sorted(tree(reading.thread)) == [("1", None), ("2", "1")]
        assert reading.thread["1"].author == Author("Ann", url="https://ann.example/")
        assert reading.thread["1"].created_at is not None
        assert (reading.inferred, reading.problems) == (frozenset(), ())


ATOM_SPACE = "http://www.w3.org/2005/Atom"


@pytest.mark.parametrize("is_page_first", [True, False])
def test_a_page_gives_the_order_beside_its_feed(is_page_first):
    def comment(id, text):
        return f'<li class="comment depth-1" id="comment-{id}"><p>{text}</p></li>'

    page = f"""<html><head><link href="{PAGE}" rel="canonical"><link href="/wp-content/a.css"></head>
    <body><ol class="commentlist">{comment(1, "a<br>b")}{comment(2, "c")}</ol></body></html>"""
    feed = channel(item("3", "d"), item("2", "c"), item("1", "<p>a<br />\nb</p>"))
    parts = (page, feed) if is_page_first else (feed, page)
    reading = discourse.read([io.BytesIO(part.encode()) for part in parts])
    assert [c.id for c in reading.thread] == ["3", "1", "2"]
    assert reading.problems == ()


def test_a_feed_of_a_post_with_more_pages_has_a_stub():
    total = '<openSearch:totalResults xmlns:openSearch="http://a9.com/-/spec/opensearch/1.1/">3'
    link = 'rel="next" href="https://a.example/feed/?paged=2"'
    more = f"{total}</openSearch:totalResults><atom:link {link} xmlns:atom='{ATOM_SPACE}'/>"
    first = channel(more, item("3"), item("2"))
    (stub,) = parse(first).thread.stubs
    assert (stub.kind, stub.count, stub.cursor) == ("cursor", 1, "https://a.example/feed/?paged=2")
    assert parse(first).thread.article.comment_count == 3
    last = channel(f"{total}</openSearch:totalResults>", item("1"))
    both = discourse.read([io.BytesIO(part.encode()) for part in (first, last)])
    assert (len(both.thread), both.thread.stubs) == (3, ())


def test_a_feed_of_posts_with_more_pages_is_told():
    post = "<item><title>A mill</title><guid>https://a.example/?p=6</guid></item>"
    link = '<atom:link rel="next" href="/feed/?paged=2" xmlns:atom="http://www.w3.org/2005/Atom"/>'
    (problem,) = parse(channel(link, post, title="Mills", link="https://a.example/")).problems
    assert (problem.kind, problem.values) == ("gap", ("/feed/?paged=2",))


def test_the_title_of_a_topic_is_whole():
    address = "https://forum.example/t/comments/77"
    post = f"""<item><title>Comments: a history</title><link>{address}/2</link>
    <guid isPermaLink="false">forum.example-post-77-2</guid></item>"""
    text = channel(post, title="Comments: a history", link=address)
    assert parse(text).thread.article.title == "Comments: a history"


def test_a_feed_of_disqus_has_the_title_in_each_item():
    text = channel(
        item("9", title="Re: A bridge"), title="mill - Latest Comments", link="https://x.example/"
    )
    assert parse(text).thread.article.title == "A bridge"


def test_addresses_of_pages_of_comments_are_one_post():
    paged = (PAGE, f"{PAGE}comment-page-2/", f"{PAGE}?cpage=3", f"{PAGE}?showComment=4")
    items = [item(str(n), page=page, post=str(n)) for n, page in enumerate(paged, 1)]
    reading = parse(channel(*items, title="X", link="/").replace("?p=", "?x="))
    assert reading.thread.article.url == PAGE and len(reading.thread) == 4


# -- laws ----------------------------------------------------------------------------------------

PIECES = st.one_of(
    st.sampled_from(
        [
            *("<item>", "</item>", "<entry>", "</entry>", "<guid>x#comment-1</guid>", "&bad;", "&"),
            *(
                "<link>https://x.example/#comment-2</link>",
                "<title>By: A",
                "</title>",
                "<!--",
                "]]>",
            ),
            *("<![CDATA[", '<thr:in-reply-to ref="x"/>', "<id>urn:1</id>", "\x0b", "<pubDate>x"),
            *('<a href="#comment-1">', "</channel></rss>", "<dc:creator/>", "<author><name>Bo"),
        ]
    ),
    st.text(max_size=5),
)


@given(st.sampled_from([RSS, ATOM]), st.lists(PIECES, max_size=30))
def test_any_damage_is_read_or_refused(start, pieces):
    try:
        reading = parse(start + "".join(pieces))
    except ParseError:
        return
    for thread in reading.threads:
        discourse.loads(discourse.dumps(thread))


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.booleans()), max_size=25))
def test_every_item_comes_out_or_is_named(rows):
    """Whatever they answer, themselves and each other too, and however often an id is used."""
    rss = channel(*(item(str(id), reply(str(to)) if deep else "<p>x</p>") for id, to, deep in rows))
    atom = ATOM + "".join(
        entry(f"urn:{id}", answer(f"urn:{to}" if deep else "urn:p")) for id, to, deep in rows
    )
    for text in (rss, atom + "</feed>"):
        reading = parse(text)
        out = sum(c.status is not Status.MISSING for t in reading.threads for c in t)
        again = sum(p.values[0] - 1 for p in reading.problems if p.kind == "duplicate")
        assert out + again == len(rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "koi8-r"])
def test_the_encoding_is_the_one_declared(encoding):
    name = "Ева" if encoding == "koi8-r" else "Zoë"
    text = channel(item("9", name=name)).replace("UTF-8", encoding.removesuffix("-sig"), 1)
    assert discourse.parse(text.encode(encoding)).thread["9"].author == Author(name)


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE rss [<!ENTITY a "b">]>',
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd">',
        "<!-- x --><!DOCTYPE feed>",
        '<!ENTITY % x SYSTEM "http://x.example/">',
    ],
)
def test_declarations_are_refused_before_any_parser_sees_them(before):
    for text in (channel(item("9")), f"{ATOM}{entry('urn:1')}</feed>"):
        start = text.index("?>") + 2
        with pytest.raises(ParseError, match="declarations are refused"):
            parse(text[:start] + before + text[start:])


def test_elements_in_each_other_are_bounded_and_items_beside_each_other_are_not():
    with pytest.raises(LimitError):
        parse(RSS + "<x>" * 10_000)
    assert len(parse(channel(*(item(str(n)) for n in range(1_000)))).thread) == 1_000


# -- damage --------------------------------------------------------------------------------------


def test_a_cut_feed_gives_its_whole_entries_and_names_the_cut_one():
    text = channel(item("9"), item("8"))
    reading = parse(text[: text.rindex("</item>")])
    assert [c.id for c in reading.thread] == ["9"]
    assert [(p.kind, p.ids) for p in reading.problems] == [("truncated", ()), ("truncated", ("8",))]


def test_every_whole_entry_comes_out_wherever_the_feed_is_cut():
    text = channel(*(item(str(n)) for n in range(5)))
    for at in range(text.index("<channel>"), len(text), 11):
        found = sum(len(t) for t in parse(text[:at]).threads)
        assert found == text[:at].count("</item>")


def test_what_is_no_feed_is_refused():
    for text in ("", "{}", "<html><rssx/></html>", "<!DOCTYPE rss><rss/>"):
        with pytest.raises(ParseError):
            parse(text)
    assert feeds.FORMAT.fits(Head(channel())) and feeds.FORMAT.fits(Head(f"{ATOM}</feed>"))
    assert not feeds.FORMAT.fits(Head('<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>'))
    assert not feeds.FORMAT.fits(Head("<html><body>&lt;rss&gt;</body></html>"))


def test_many_comments_deep_are_read(many):
    entries = (
        f"<entry><id>urn:{n}</id>{answer(f'urn:{n - 1}') if n else answer('urn:p')}</entry>"
        for n in range(many)
    )
    made = parse(f"{ATOM}{''.join(entries)}</feed>").thread
    assert len(made) == many and made.depth(f"urn:{many - 1}") == many - 1


def test_an_export_is_no_feed_though_it_looks_like_one():
    text = channel(item("9")).replace("<rss ", '<rss xmlns:wp="http://wordpress.org/export/1.2/" ')
    assert not feeds.FORMAT.fits(Head(text))
    with pytest.raises(ParseError, match="export") as caught:
        parse(text)
    assert caught.value.place is not None
