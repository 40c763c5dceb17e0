"""WordPress's export: what each field becomes, what is told, and what can be written."""

import datetime as dt
import gzip
import io
import random
import tracemalloc
import xml.etree.ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import discourse
from discourse import Article, Author, Comment, ParseError, Status, Thread, strategies
from discourse.formats import wxr
from discourse.formats._heads import Head
from discourse.model import TextFormat

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Mill</title><link>https://mill.example</link><language>en-GB</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_id>3</wp:author_id><wp:author_login><![CDATA[ann]]></wp:author_login>
<wp:author_email>ann@mill.example</wp:author_email>
<wp:author_display_name><![CDATA[Ann Smith]]></wp:author_display_name></wp:author>
"""
TAIL = "</channel></rss>\n"

SMALL = strategies.threads(max_size=5)


def field(name, value):
    return f"<wp:{name}><![CDATA[{value}]]></wp:{name}>"


def comment(id="1", parent="0", *, extra="", **fields):
    told = {
        "comment_id": id,
        "comment_author": "Bo",
        "comment_author_email": "bo@mail.example",
        "comment_author_url": "",
        "comment_author_IP": "192.0.2.7",
        "comment_date": "2014-01-14 18:32:12",
        "comment_date_gmt": "2014-01-14 17:32:12",
        "comment_content": "Hm.",
        "comment_approved": "1",
        "comment_type": "comment",
        "comment_parent": parent,
        "comment_user_id": "0",
    } | {f"comment_{name}": value for name, value in fields.items()}
    inside = "".join(field(name, value) for name, value in told.items() if value is not None)
    return f"<wp:comment>{inside}{extra}</wp:comment>"


def item(*comments, id="18", kind="post", extra=""):
    return (
        f"<item><title><![CDATA[A bridge &amp; a <em>mill</em>]]></title>"
        f"<link>https://mill.example/?p={id}</link><dc:creator><![CDATA[ann]]></dc:creator>"
        f"<content:encoded><![CDATA[<p>At last.</p>]]></content:encoded>"
        f"{field('post_id', id)}{field('post_date_gmt', '2014-01-14 10:00:00')}"
        f"{field('status', 'publish')}{field('post_type', kind)}{extra}{''.join(comments)}</item>"
    )


def export(*items):
    return HEAD + "".join(items) + TAIL


def only(*comments, **options):
    return wxr.parse(export(item(*comments)), **options).thread


def kinds(reading):
    return [problem.kind for problem in reading.problems]


# -- fields --------------------------------------------------------------------------------------


def test_a_post_is_an_article_with_its_author_found_by_login():
    extra = (
        field("post_modified_gmt", "2014-02-01 00:00:00")
        + field("post_name", "bridge")
        + field("comment_status", "open")
        + field("post_password", "secret")
        + '<category domain="post_tag" nicename="mill"><![CDATA[Mill &amp; town]]></category>'
        + '<category domain="category" nicename="news">News</category>'
        + "<excerpt:encoded><![CDATA[Short.]]></excerpt:encoded><guid>x</guid>"
    )
    thread = wxr.parse(export(item(extra=extra))).thread
    assert thread.article == Article(
        "A bridge & a mill",
        id="18",
        url="https://mill.example/?p=18",
        authors=[Author("ann", "3", display_name="Ann Smith")],
        text="<p>At last.</p>",
        text_format="html",
        created_at=dt.datetime(2014, 1, 14, 10, tzinfo=dt.UTC),
        edited_at=dt.datetime(2014, 2, 1, tzinfo=dt.UTC),
        site="The Mill",
        language="en-GB",
        tags={"Mill & town", "News"},
        meta={
            "post_type": "post",
            "status": "publish",
            "post_name": "bridge",
            "comment_status": "open",
            "excerpt": "Short.",
            "guid": "x",
            "category": [
                {"domain": "post_tag", "nicename": "mill", "name": "Mill & town"},
                {"domain": "category", "nicename": "news", "name": "News"},
            ],
        },
    )
    assert thread.source.format == "wxr" and thread.source.version == "1.2"
    assert thread.meta == {"link": "https://mill.example"}


def test_a_comment_has_its_fields_and_no_contacts():
    made = only(
        comment(author_url="https://bo.example", content="One\n\nTwo <b>3</b> ]]]]><![CDATA[>")
    )
    assert made["1"] == Comment(
        "1",
        None,
        Author("Bo", url="https://bo.example"),
        "One\n\nTwo <b>3</b> ]]>",
        text_format=TextFormat.HTML,
        created_at=dt.datetime(2014, 1, 14, 17, 32, 12, tzinfo=dt.UTC),
        meta={"comment_date": "2014-01-14 18:32:12"},
    )


def test_contacts_are_kept_when_asked_for_and_otherwise_nowhere():
    extra = "".join(
        f"<wp:commentmeta>{field('meta_key', key)}{field('meta_value', value)}</wp:commentmeta>"
        for key, value in (("rating", "5"), ("sent", "x bo@mail.example"), ("ip", "192.0.2.7"))
    )
    text = export(item(comment(extra=extra)))
    assert "mail.example" not in discourse.dumps(wxr.parse(text).thread)
    assert "192.0.2" not in discourse.dumps(wxr.parse(text).thread)
    assert wxr.parse(text).thread["1"].meta["commentmeta"] == {"rating": "5"}
    kept = wxr.parse(text, contacts=True).thread["1"].meta
    assert kept["comment_author_email"] == "bo@mail.example"
    assert kept["comment_author_IP"] == "192.0.2.7"
    assert set(kept["commentmeta"]) == {"rating", "sent", "ip"}


@pytest.mark.parametrize(
    ("raw", "status", "kept"),
    [
        ("1", Status.VISIBLE, None),
        ("0", Status.PENDING, "0"),
        ("spam", Status.SPAM, "spam"),
        ("trash", Status.REMOVED, "trash"),
        ("post-trashed", Status.REMOVED, "post-trashed"),
        ("", Status.VISIBLE, None),
        (None, Status.VISIBLE, None),
        ("odd", Status.VISIBLE, "odd"),
    ],
)
def test_statuses_are_told_and_the_word_is_kept(raw, status, kept):
    reading = wxr.parse(export(item(comment(approved=raw))))
    assert reading.thread["1"].status is status
    assert reading.thread["1"].meta.get("comment_approved") == kept
    assert kinds(reading) == (["unknown-status"] if raw == "odd" else [])


@pytest.mark.parametrize(
    ("raw", "tags", "kept"),
    [
        ("", set(), None),
        ("comment", set(), None),
        (None, set(), None),
        ("pingback", {"pingback"}, None),
        ("trackback", {"trackback"}, None),
        ("review", {"review"}, "review"),
    ],
)
def test_types_are_tags(raw, tags, kept):
    made = only(comment(type=raw))["1"]
    assert made.tags == tags and made.meta.get("comment_type") == kept


def test_users_are_found_by_id_and_guests_are_not_users():
    thread = only(
        comment("1", user_id="3", author="Ann Smith"),
        comment("2", user_id="9", author="Cy"),
        comment("3", author=""),
        comment("4", author="", author_url="http://"),
    )
    assert [c.author for c in thread] == [
        Author("ann", "3", display_name="Ann Smith"),
        Author("Cy", "9"),
        None,
        None,
    ]
    assert thread["1"].author.key == thread.article.authors[0].key


def test_times_in_utc_count_and_zeros_are_unknown():
    zero = "0000-00-00 00:00:00"
    reading = wxr.parse(
        export(
            item(
                comment("1", date=zero, date_gmt=zero),
                comment("2", date=None, date_gmt="2014-01-14 17:32:12"),
                comment("3", date_gmt=zero),
                comment("4", date="2014-01-14 17:32:12"),
                comment("5", date="yesterday", date_gmt=None),
            )
        )
    )
    made = reading.thread
    assert [c.created_at is None for c in made] == [True, False, True, False, True]
    assert [dict(c.meta) for c in made] == [
        {},
        {},
        {"created_at_local": "2014-01-14T18:32:12"},
        {},
        {"comment_date": "yesterday"},
    ]
    assert [(p.kind, p.ids) for p in reading.problems] == [
        ("bad-time", ("5",)),
        ("local-time", ("3",)),
    ]


def test_a_local_time_is_resolved_by_the_zone_of_the_caller():
    text = export(item(comment(date_gmt=None, date="2014-07-14 18:32:12")))
    assert wxr.parse(text).thread["1"].created_at is None
    reading = wxr.parse(text, zone=ZoneInfo("Europe/Berlin"))
    assert reading.thread["1"].created_at == dt.datetime(2014, 7, 14, 16, 32, 12, tzinfo=dt.UTC)
    assert not reading.problems


def test_a_draft_has_no_time_and_a_feed_time_helps():
    draft = "<item><title>D</title><pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>"
    draft += field("post_date_gmt", "0000-00-00 00:00:00") + field("status", "draft") + "</item>"
    dated = "<item><pubDate>Tue, 14 Jan 2014 17:31:03 +0000</pubDate></item>"
    first, second = wxr.parse(export(draft, dated)).threads
    assert first.article.created_at is None and first.article.meta["status"] == "draft"
    assert second.article.created_at == dt.datetime(2014, 1, 14, 17, 31, 3, tzinfo=dt.UTC)


@pytest.mark.parametrize("said", ["Thu, 01 Jan 1970", "Tue, 30 Nov 1999"])
def test_a_feed_time_that_php_made_of_zeros_is_none(said):
    draft = f"<item><title>D</title><pubDate>{said} 00:00:00 +0000</pubDate></item>"
    assert wxr.parse(export(draft, item())).threads[0].article.created_at is None


def test_the_local_times_of_an_article_and_its_comments_are_one_problem():
    draft = f"<item><title>D</title>{field('post_id', '5')}"
    draft += field("post_date", "2014-01-14 10:00:00") + comment("3", date_gmt=None) + "</item>"
    reading = wxr.parse(export(draft, item()))
    (problem,) = reading.problems
    assert (problem.kind, problem.ids) == ("local-time", ("3",)) and "2 times" in problem.message
    article = reading.threads[0].article
    assert article.meta["created_at_local"] == "2014-01-14T10:00:00"
    again = wxr.parse(wxr.serialize_all(reading.threads))
    assert again.threads[0].article.meta["created_at_local"] == "2014-01-14T10:00:00"


# -- threads -------------------------------------------------------------------------------------


def test_each_post_is_a_thread_and_furniture_is_one_only_with_comments():
    reading = wxr.parse(
        export(
            item(id="1"),
            item(id="2", kind="page"),
            item(id="3", kind="product"),
            item(id="4", kind="attachment"),
            item(comment(), id="5", kind="attachment"),
            item(id="6", kind="nav_menu_item"),
            item(id="7", kind="revision"),
        )
    )
    assert [t.article.id for t in reading.threads] == ["1", "2", "3", "5"]
    assert not reading.problems


def test_what_people_sent_by_a_form_is_no_article():
    """Such posts have the addresses of those who sent them in their text."""
    assert wxr.parse(export(item(id="1", kind="feedback"), item(id="2"))).thread.article.id == "2"
    reading = wxr.parse(export(item(comment(), id="1", kind="feedback")))
    assert len(reading.thread) == 1, "comments are never lost"


def test_ids_count_within_a_post_and_are_made_unique_there():
    reading = wxr.parse(
        export(
            item(comment("1"), comment("2", "1"), id="7"),
            item(comment("1", content="Other."), comment("1", content="Again."), id="8"),
        )
    )
    first, second = reading.threads
    assert [c.id for c in first] == ["1", "2"]
    assert [c.id for c in second] == ["1", "1~2"]
    assert kinds(reading) == ["duplicate-conflict"]


def test_orphans_loops_and_parents_that_come_later_are_all_kept():
    reading = wxr.parse(
        export(
            item(
                comment("2", "1"),
                comment("1"),
                comment("3", "99"),
                comment("4", "5"),
                comment("5", "4"),
                comment("6", "6"),
                comment("18", "18"),
            )
        )
    )
    thread = reading.thread
    assert [(c.id, thread.depth(c)) for c in thread] == [
        *(("1", 0), ("2", 1), ("99", 0), ("3", 1), ("4", 0), ("5", 1), ("6", 0), ("18", 0))
    ]
    assert sorted(kinds(reading)) == ["cycle", "orphan", "self-parent", "self-parent"]


def test_a_comment_without_an_id_is_kept_under_a_made_one():
    reading = wxr.parse(export(item(comment(None), comment("no-id-1"), comment(""))))
    assert [c.id for c in reading.thread] == ["no-id-2", "no-id-1", "no-id-3"]
    assert kinds(reading) == ["made-id", "made-id"]


def test_a_comment_in_no_post_is_kept():
    reading = wxr.parse(export(item(), comment("7")))
    assert [len(t) for t in reading.threads] == [0, 1]
    assert reading.threads[1].article is None
    assert [(p.kind, p.ids) for p in reading.problems] == [("stray-comment", ("7",))]


def test_disqus_import_files_have_an_identifier_in_place_of_a_post():
    text = HEAD.replace("<rss ", '<rss xmlns:dsq="http://www.disqus.com/" ')
    text += "<item><title>T</title><dsq:thread_identifier>p-7</dsq:thread_identifier>"
    text += "<dsq:thread_identifier>p-7</dsq:thread_identifier>" + comment() + "</item>" + TAIL
    assert wxr.parse(text).thread.article.id == "p-7"


# -- damage --------------------------------------------------------------------------------------


def test_control_characters_in_comments_are_told_with_their_place():
    text = export(item(comment(content="a\x10b"), comment("2", content="c \x00")))
    reading = wxr.parse(text)
    assert [c.text for c in reading.thread] == ["a\ufffdb", "c \ufffd"]
    assert [(p.kind, p.values, p.place.offset) for p in reading.problems] == [
        ("control-character", ("\x10",), text.index("\x10")),
        ("control-character", ("\x00",), text.index("\x00")),
    ]


def test_markup_in_the_open_is_kept_as_markup():
    plain = "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content>A <b>b</b> &amp; c"
    plain += "</wp:comment_content></wp:comment>"
    assert only(plain)["1"].text == "A <b>b</b> &amp; c"


def test_a_cut_file_gives_its_whole_comments_and_names_the_cut_one():
    text = export(item(comment("1"), comment("2")), item(comment("3", "1"), comment("4")))
    reading = wxr.parse(text[: text.index("</wp:comment_content>", text.rindex("<wp:comment>"))])
    assert [[c.id for c in t] for t in reading.threads] == [["1", "2"], ["1", "3"]]
    told = [(p.kind, p.ids) for p in reading.problems]
    assert ("truncated", ("4",)) in told and ("truncated", ()) in told
    assert "mail.example" not in repr(reading.problems)


@given(st.data())
def test_cut_anywhere_every_whole_comment_comes_out(data):
    text = export(item(comment("1"), comment("2", "1")), item(comment("3"), comment("4", "3")))
    at = data.draw(st.integers(text.index("<item>"), len(text)))
    reading = wxr.parse(text[:at]) if "<item>" in text[:at] else None
    if reading is None:
        return
    found = [c.id for t in reading.threads for c in t if c.status is not Status.MISSING]
    assert found == [str(n + 1) for n in range(text[:at].count("</wp:comment>"))]


def test_a_plain_feed_is_refused():
    feed = "<rss><channel><title>x</title><item><title>a</title></item></channel></rss>"
    for text in (feed, "<rss><channel/></rss>", "", "<html/>", "{}"):
        with pytest.raises(ParseError):
            wxr.parse(text)


# -- streaming ------------------------------------------------------------------------------------


def test_streaming_gives_the_same_threads_one_after_another(tmp_path):
    text = "`" + export(
        *(item(comment("1"), comment("2\x01", "1"), id=str(n)) for n in range(1, 40))
    )
    path = tmp_path / "site.xml"
    path.write_text(text, encoding="utf-8")
    stream = discourse.stream(path)
    whole = wxr.parse(text)
    assert next(stream) == whole.threads[0]
    assert (whole.threads[0], *stream) == whole.threads
    assert sorted(p.kind for p in stream.problems) == sorted(kinds(whole))


def test_streaming_yields_a_thread_before_it_has_read_the_rest():
    class Endless(io.RawIOBase):
        """A file that never ends."""

        def __init__(self):
            self.passed = 0

        def read(self, size=-1):
            self.passed += 1
            return (HEAD if self.passed == 1 else item(comment()) * 100).encode()

    file = Endless()
    readings = wxr.stream(file)
    for _ in range(1_000):
        assert len(next(readings).thread) == 1
    assert file.passed < 20


def test_many_comments_deep_and_wide_are_read(many):
    def row(step):
        return item(
            *(
                f"<wp:comment><wp:comment_id>{n}</wp:comment_id>"
                f"<wp:comment_parent>{step * (n - 1)}</wp:comment_parent></wp:comment>"
                for n in range(1, many + 1)
            )
        )

    wide, deep = wxr.parse(export(row(0), row(1))).threads
    assert len(wide) == len(deep) == many
    assert (wide.depth(str(many)), deep.depth(str(many))) == (0, many - 1)


@given(strategies.deep_threads(min_size=1_000, max_size=2_000))
@settings(max_examples=3)
def test_deep_and_wide_threads_are_written(thread):
    assert wxr.parse(wxr.serialize(thread)).thread == wxr.as_held(thread)


# -- writing --------------------------------------------------------------------------------------


@given(strategies.threads(max_size=8))
def test_reading_what_was_written_gives_the_thread_without_the_losses(thread):
    held = wxr.as_held(thread)
    reading = wxr.parse(wxr.serialize(thread))
    assert reading.thread == held
    assert set(kinds(reading)) <= {"local-time"}
    assert wxr.as_held(held) == held
    assert wxr.holds(held) == ()


@given(SMALL)
def test_holds_is_empty_only_where_nothing_is_lost(thread):
    if not wxr.holds(thread):
        assert wxr.parse(wxr.serialize(thread)).thread == thread


@given(st.lists(strategies.threads(max_size=3), max_size=2))
def test_several_threads_are_one_export(threads):
    reading = wxr.parse(wxr.serialize_all(threads)) if threads else None
    assert reading is None or [
        [(c.id, c.parent_id, c.status) for c in t] for t in reading.threads
    ] == [[(c.id, c.parent_id, c.status) for c in t] for t in threads]


@given(SMALL)
def test_what_is_written_is_well_formed_and_wordpress_can_import_it(thread):
    """Its importer takes comments by number, and looks for a parent among those before."""
    space = "{http://wordpress.org/export/1.2/}"
    seen = {"0"}
    made = ET.fromstring(wxr.serialize(thread)).iter(f"{space}comment")
    numbers = {c.findtext(f"{space}comment_id"): c for c in made}
    assert len(numbers) == len(thread)
    for number in sorted(numbers, key=int):
        assert numbers[number].findtext(f"{space}comment_parent") in seen
        seen.add(number)


def test_ids_and_statuses_that_wordpress_lacks_are_kept_in_its_meta():
    thread = Thread(
        Article("T", id="t3_x"),
        [
            Comment("t1_a", None, Author("Ada", "u\x01"), "x\x00", status="deleted"),
            Comment("t1_b", "t1_a", status="missing"),
            Comment("t1_c", "t1_b", text="]]> \r &"),
        ],
    )
    made = wxr.parse(wxr.serialize(thread)).thread
    assert [(c.id, c.parent_id, c.status) for c in made] == [
        (c.id, c.parent_id, c.status) for c in thread
    ]
    assert made.article.id == "t3_x"
    assert made["t1_a"].author == Author("Ada", "u\x01")
    assert made["t1_a"].text == "x\ufffd" and made["t1_c"].text == "]]> \r &"


def test_written_again_a_thread_keeps_what_an_export_can_hold():
    at = dt.datetime(2014, 1, 14, 18, 32, 12, 5, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    category = {"domain": "x\x01", "nicename": " n ", "name": " Mill \x01\n town "}
    thread = Thread(
        Article(" A  b ", id="7", created_at=at, tags={category["name"], "b"},
                meta={"category": [category], "status": "draft", "other": "x"}),
        [
            Comment("1", None, Author("ann", "3", display_name="Ann"), " a\x01 ", created_at=at,
                    meta={"comment_date": "2014-01-14 18:32:12", "commentmeta": {"rating": "5"}}),
            Comment("2", "1", text="b", status="spam", score=3, tags={"review", "pinned"}),
        ],
    )  # fmt: skip
    assert ET.fromstring(wxr.serialize(thread)).tag == "rss"
    held = wxr.as_held(thread)
    assert held.article.title == "A b" and held.article.id == "7"
    assert held.article.created_at == at.replace(microsecond=0)
    assert held.article.tags == {"Mill \ufffd town", "b"}
    assert held.article.meta["category"][0] == {
        "domain": "x\ufffd", "nicename": " n ", "name": "Mill \ufffd town"
    }  # fmt: skip
    assert held.article.meta["status"] == "draft" and "other" not in held.article.meta
    first, second = held
    assert (first.author, first.text) == (Author("ann", "3", display_name="Ann"), " a\ufffd ")
    assert first.created_at == at.replace(microsecond=0)
    assert first.meta == {
        "comment_date": "2014-01-14 18:32:12", "commentmeta": {"rating": "5"}
    }  # fmt: skip
    assert (second.parent_id, second.status, second.score) == ("1", Status.SPAM, None)


def test_furniture_without_comments_does_not_come_back():
    thread = Thread(Article("T", id="7", meta={"post_type": "attachment"}))
    assert wxr.as_held(thread).article is None
    assert wxr.holds(thread)[0] == "article cannot be held"


def test_losses_are_named_by_comment_and_field():
    thread = wxr.as_held(Thread(Article("T"), [Comment("1", text="a")]))
    changed = discourse.edit.replace(thread, "1", score=3, url="x")
    assert wxr.holds(changed) == (
        "comment '1': url cannot be held",
        "comment '1': score cannot be held",
    )


def test_it_is_known_by_name_and_by_look(tmp_path):
    text = export(item(comment()))
    assert discourse.parse(text).thread.source.format == "wxr"
    path = tmp_path / "a.wxr"
    discourse.write([*discourse.parse(text).threads] * 2, path)
    assert len(discourse.read(path).threads) == 2
    assert not wxr.FORMAT.fits(Head("<rss><channel><title>http://wordpress.org/?v=6</title>"))
    assert not wxr.FORMAT.fits(Head("http://wordpress.org/export/1.2/"))


def test_names_are_plain_text_and_written_as_wordpress_keeps_them():
    made = wxr.parse(export(item(comment(author="A &amp; B &#8220;x&#8221;"))).replace(
        "Ann Smith", "Ann &amp; Smith").replace("The Mill", "The &amp;amp; Mill")).thread  # fmt: skip
    assert made["1"].author.name == "A & B \u201cx\u201d"
    assert made.article.authors[0].display_name == "Ann & Smith"
    assert made.article.site == "The & Mill"
    text = wxr.serialize(made)
    assert "A &amp; B" in text and "Ann &amp; Smith" in text and "The &amp;amp; Mill" in text
    assert wxr.parse(text).thread == wxr.as_held(made)


def test_what_php_makes_of_no_time_is_none():
    reading = wxr.parse(export(item(comment(date="-0001-11-30 00:00:00",
                                            date_gmt="-0001-11-30 00:00:00"))))  # fmt: skip
    assert reading.thread["1"].created_at is None and not reading.problems


def test_what_php_says_before_between_and_behind_is_no_matter():
    said = "<br />\n<b>Warning</b>:  Cannot modify header in <b>/x.php</b> on line <b>3</b><br />\n"
    whole = export(item(comment()))
    assert kinds(wxr.parse(said + whole)) == ["junk-before-root"]
    assert wxr.parse(said + whole).threads == wxr.parse(whole).threads
    assert wxr.parse(whole.replace("<wp:comment>", said + "<wp:comment>")).threads == (
        wxr.parse(whole).threads
    )
    cut = whole[: whole.index("</item>")] + said
    assert wxr.parse(cut).thread.comments == wxr.parse(whole).thread.comments
    assert kinds(wxr.parse(cut)) == ["truncated"]


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "2.0"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_every_version_is_read(version, scheme):
    text = export(item(comment())).replace(
        "http://wordpress.org/export/1.2", f"{scheme}://wordpress.org/export/{version}"
    )
    assert (
        wxr.FORMAT.fits(Head(text)) and wxr.parse(text).thread.comments == only(comment()).comments
    )


def test_orders_and_reviews_of_a_shop_are_tagged():
    rated = "<wp:commentmeta>" + field("meta_key", "rating") + field("meta_value", "5")
    thread = only(
        comment("1", type="order_note"),
        comment("2", type="review", extra=rated + "</wp:commentmeta>"),
    )
    assert [c.tags for c in thread] == [{"order_note"}, {"review"}]
    assert thread["2"].meta["commentmeta"] == {"rating": "5"}


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_memory_does_not_grow_with_the_export(tmp_path, pack):
    """Of a stream, whatever the file is packed with: it holds one post at a time."""
    peaks = []
    for count in (200, 800):
        path = tmp_path / f"{count}.xml"
        draw = random.Random(count)
        texts = ("".join(draw.choices("abcdefgh \n", k=2_000)) for _ in range(count))
        items = [item(comment(content=text), id=str(n)) for n, text in enumerate(texts, 1)]
        path.write_bytes(pack(export(*items).encode()))
        del items
        tracemalloc.start()
        assert sum(1 for _ in discourse.stream(path)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.3 * peaks[0] < 8_000_000
