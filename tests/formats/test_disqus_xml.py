"""Disqus's export: threads and posts put together, and what was wrong with them."""

import datetime as dt
import re

import pytest

import discourse
from discourse import Article, Author, Comment, FieldError, ParseError, Status
from discourse.formats import disqus_xml
from discourse.formats._heads import Head
from discourse.formats.disqus_xml import parse

HEAD = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<category dsq:id="9"><forum>mill</forum><title>General</title></category>
"""


def thread(id="1", link="https://mill.example/bridge/", identifier="", **more):
    told = {"id": identifier, "forum": "mill", "link": link, "title": "A bridge &amp; more"}
    told |= {"message": "", "createdAt": "2012-12-12T12:12:12Z", "isDeleted": "false", **more}
    author = "<author><name>Ann</name><isAnonymous>false</isAnonymous><username>ann</username>"
    fields = "".join(f"<{k}>{v}</{k}>" for k, v in told.items())
    return f'<thread dsq:id="{id}">{fields}<category dsq:id="9"/>{author}</author></thread>'


def post(
    id="4", of="1", parent=None, author="<name>Bo</name><isAnonymous>true</isAnonymous>", **more
):
    told = {"message": "<![CDATA[<p>Hm.</p>]]>", "createdAt": "2013-10-10T19:20:29Z"}
    told |= {"isDeleted": "false", "isSpam": "false", **more}
    fields = "".join(f"<{k}>{v}</{k}>" for k, v in told.items() if v is not None)
    named = f' dsq:id="{id}"' if id else ""
    above = f'<parent dsq:id="{parent}"/>' if parent else ""
    under = f'<thread dsq:id="{of}"/>' if of else ""
    return f"<post{named}><id/>{fields}<author>{author}</author>{under}{above}</post>"


def export(*parts):
    return HEAD + "".join(parts) + "</disqus>"


def kinds(reading):
    return [problem.kind for problem in reading.problems]


def test_threads_and_posts_have_their_fields():
    registered = "<name>Cy</name><isAnonymous>false</isAnonymous><username>cy9</username>"
    text = export(thread(identifier="p-7"), post(), post("5", parent="4", author=registered))
    reading = parse(text)
    assert reading.thread.article == Article(
        "A bridge & more",
        id="1",
        url="https://mill.example/bridge/",
        authors=[Author("Ann", "ann")],
        text_format="html",
        created_at=dt.datetime(2012, 12, 12, 12, 12, 12, tzinfo=dt.UTC),
        site="mill",
        meta={"id": "p-7"},
    )
    at = dt.datetime(2013, 10, 10, 19, 20, 29, tzinfo=dt.UTC)
    assert reading.thread.comments == (
        Comment("4", None, Author("Bo"), "<p>Hm.</p>", text_format="html", created_at=at),
        Comment("5", "4", Author("Cy", "cy9"), "<p>Hm.</p>", text_format="html", created_at=at),
    )
    assert not reading.problems


def test_an_element_with_text_and_no_children_counts():
    """In the standard library's trees such an element is false, which has lost many threads."""
    made = parse(export(thread(identifier="p-7"), post(id="5"))).thread
    assert made.article.meta["id"] == "p-7" and made["5"].author.name == "Bo"


@pytest.mark.parametrize(
    ("deleted", "spam", "status", "meta"),
    [
        ("false", "false", Status.VISIBLE, {}),
        ("true", "false", Status.DELETED, {}),
        ("false", "true", Status.SPAM, {}),
        ("true", "true", Status.DELETED, {"isSpam": True}),
        ("TRUE", None, Status.DELETED, {}),
        (None, None, Status.VISIBLE, {}),
    ],
)
def test_flags_are_statuses(deleted, spam, status, meta):
    made = parse(export(thread(), post(isDeleted=deleted, isSpam=spam))).thread["4"]
    assert made.status is status and made.meta == meta
    assert made.text == "<p>Hm.</p>"


def test_deleted_posts_keep_their_replies():
    made = parse(export(thread(), post(isDeleted="true", message=""), post("5", parent="4"))).thread
    assert made.parent("5").status is Status.DELETED and made["4"].text == ""


def test_values_in_layout_are_trimmed():
    text = export(thread(), post()).replace(">false<", ">\n\t\tfalse\n\t<")
    text = text.replace("<name>Bo<", "<name>\n\tBo\n<").replace(
        "2013-10-10T19:20:29Z", "\n 2013-10-10T19:20:29Z\n"
    )
    text = text.replace("<![CDATA[", "\n\t<![CDATA[").replace("]]>", "]]>\n")
    assert parse(text) == parse(export(thread(), post()))


def test_a_thread_without_anything_is_a_thread():
    reading = parse(export(thread(), '<thread dsq:id="3"><id/></thread>', post()))
    assert [(t.article.id, len(t)) for t in reading.threads] == [("1", 1), ("3", 0)]
    assert not reading.problems


def test_posts_of_no_thread_are_kept_and_told():
    reading = parse(export(thread(), post(), post("6", of="1337"), post("7", of=None)))
    assert [(t.article and t.article.id, [c.id for c in t]) for t in reading.threads] == [
        ("1", ["4"]),
        ("1337", ["6"]),
        (None, ["7"]),
    ]
    assert [(p.kind, p.ids) for p in reading.problems] == [
        ("missing-thread", ("6",)),
        ("missing-thread", ("7",)),
    ]


def test_posts_may_come_before_their_threads_and_parents():
    made = parse(export(post("5", parent="4"), post("4"), thread())).thread
    assert [c.id for c in made] == ["4", "5"] and made.article.title == "A bridge & more"


def test_ids_that_are_missing_are_made_and_told():
    reading = parse(export(thread(), post(""), post("no-id-1"), post("")))
    assert [c.id for c in reading.thread] == ["no-id-2", "no-id-1", "no-id-3"]
    assert kinds(reading) == ["made-id", "made-id"]


def test_a_parent_that_is_not_in_the_thread_is_a_placeholder():
    reading = parse(export(thread(), thread("2"), post("4", "2"), post("5", "1", parent="4")))
    assert [[(c.id, c.status.value) for c in t] for t in reading.threads] == [
        [("4", "missing"), ("5", "visible")],
        [("4", "visible")],
    ]
    assert kinds(reading) == ["orphan"]


def test_bad_flags_and_times_are_kept_and_told():
    reading = parse(export(thread(), post(createdAt="2011-x09-30T22:48:43Z", isSpam="123")))
    made = reading.thread["4"]
    assert made.created_at is None and made.status is Status.VISIBLE
    assert made.meta == {"createdAt": "2011-x09-30T22:48:43Z", "isSpam": "123"}
    assert sorted(kinds(reading)) == ["bad-flag", "bad-time"]


def test_contacts_are_kept_when_asked_for():
    author = "<name>Bo</name><email>bo@mail.example</email>"
    text = export(thread(ipAddress="192.0.2.8"), post(author=author, ipAddress="192.0.2.7"))
    assert "mail.example" not in discourse.dumps(parse(text).thread)
    assert "192.0.2" not in discourse.dumps(parse(text).thread)
    made = parse(text, contacts=True).thread
    assert made["4"].meta == {"email": "bo@mail.example", "ipAddress": "192.0.2.7"}
    assert made.article.meta["ipAddress"] == "192.0.2.8"


def test_threads_of_one_page_are_merged_when_asked_for():
    text = export(
        thread("1", "http://old.example/bridge"),
        thread("2", "https://mill.example/bridge/#disqus_thread"),
        thread("3", "https://mill.example/?p=3"),
        thread("4", "https://mill.example/?p=4"),
        thread("5", ""),
        thread("6", "https://[bad"),
        post("10", "1"),
        post("11", "2", parent="10"),
    )
    assert len(parse(text).threads) == 6
    reading = parse(text, merge_by="link")
    assert [t.article.id for t in reading.threads] == ["1", "3", "4", "5", "6"]
    first = reading.threads[0]
    assert first.meta["merged"] == ("1", "2") and first.depth("11") == 1
    assert not reading.problems
    with pytest.raises(FieldError):
        parse(text, merge_by="title")


def test_stray_bytes_a_bad_tag_and_a_cut_are_survived():
    text = "`" + export(thread(), post(), post("5")).replace(
        '<thread dsq:id="1"/>', "<thread dsq:id=1/>"
    )
    reading = parse(text)
    assert [c.id for c in reading.thread] == ["4", "5"]
    assert kinds(reading) == ["junk-before-root", "bad-tag", "bad-tag"]
    whole = export(thread(), post(), post("5"))
    cut = parse(whole[: whole.rindex("<author>")])
    assert [c.id for c in cut.thread] == ["4"]
    assert ("truncated", ("5",)) in [(p.kind, p.ids) for p in cut.problems]


def test_a_cut_post_tells_no_contacts():
    author = "<name>Bo</name><email>bo@mail.example</email>"
    text = export(thread(), post("5", ipAddress="192.0.2.7", author=author))
    for at in range(text.index("<post"), text.index("</post>")):
        told = repr(parse(text[:at]).problems)
        assert "192.0.2.7" not in told


def test_every_whole_post_comes_out_wherever_the_file_is_cut():
    text = export(
        thread(), *(post(str(n), parent=str(n - 1) if n > 4 else None) for n in range(4, 9))
    )
    for at in range(text.index("<thread"), len(text), 7):
        reading = parse(text[:at])
        found = [c.id for t in reading.threads for c in t if c.status is not Status.MISSING]
        assert len(found) == text[:at].count("</post>")


def test_what_is_no_export_is_refused():
    for text in ("", "<rss/>", "<html/>", "{}"):
        with pytest.raises(ParseError):
            parse(text)
    assert disqus_xml.FORMAT.fits(Head(export())) and not disqus_xml.FORMAT.fits(
        Head("<rss>disqus.com")
    )


def test_many_posts_deep_are_read(many):
    posts = (
        f'<post dsq:id="{n}"><thread dsq:id="1"/><parent dsq:id="{n - 1 or ""}"/></post>'
        for n in range(1, many + 1)
    )
    made = parse(export(thread(), *posts)).thread
    assert made.depth(str(many)) == many - 1


def test_flags_may_be_numbers():
    made = only(post(isDeleted="1", isSpam="0"))
    assert made.status is Status.DELETED and not made.meta


def test_the_own_identifier_of_a_post_is_kept():
    text = export(thread(), post().replace("<id/>", "<id> wp_id=3 </id>"), post("5"))
    made = parse(text).thread
    assert made["4"].meta == {"id": "wp_id=3"} and not made["5"].meta


def test_names_are_plain_text():
    author = "<name>A &amp;amp; B</name><isAnonymous>true</isAnonymous>"
    assert only(post(author=author)).author == Author("A & B")


def test_what_other_versions_say_is_kept():
    told = {"likes": "3", "isApproved": "false", "empty": ""}
    assert only(post(**told)).meta == {"likes": "3", "isApproved": "false"}
    article = parse(export(thread(slug="a_bridge"))).thread.article
    assert article.meta["slug"] == "a_bridge"


@pytest.mark.parametrize("space", ["http://www.disqus.com/", "http://disqus.com/disqus-internals/"])
def test_any_prefix_and_space_of_its_own_will_do(space):
    text = export(thread(), post(), post("5", parent="4"))
    text = text.replace("http://disqus.com/disqus-internals", space).replace("dsq", "d")
    assert [(c.id, c.parent_id) for c in parse(text).thread] == [("4", None), ("5", "4")]


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("A &amp;amp; B", "A & B"),
        ("&amp;#8220;A&amp;#8221;", "\u201cA\u201d"),
        ("&amp;amp;#8220;A&amp;amp;#x201D; &amp;amp;amp; B", "\u201cA\u201d &amp; B"),
    ],
)
def test_titles_are_plain_text_also_where_a_blog_gave_references(told, title):
    made = parse(export(thread(title=told))).threads[0].article
    assert made.title == title


def test_ids_may_have_lost_their_prefix():
    """Tools that take out namespaces leave ``id`` of ``dsq:id``."""
    whole = export(thread(), thread("2", "/x"), post(), post("5", parent="4"), post("6", of="2"))
    bare = re.sub(r' xmlns(?::\w+)?="[^"]*"', "", whole).replace("dsq:id", "id")
    assert parse(bare) == parse(whole)


def test_a_parent_in_another_thread_is_a_placeholder_there():
    reading = parse(export(thread(), thread("2", "/x"), post(), post("5", of="2", parent="4")))
    first, second = reading.threads
    assert [c.id for c in first] == ["4"] and [c.id for c in second] == ["4", "5"]
    assert second["4"].status is Status.MISSING and kinds(reading) == ["orphan"]


def test_encodings_are_those_declared():
    text = export(thread(), post(message="<![CDATA[café]]>"))
    for encoding in ("utf-8", "utf-16", "iso-8859-1"):
        data = text.replace("utf-8", encoding, 1).encode(encoding)
        assert discourse.parse(data).thread["4"].text == "café"
    reading = discourse.parse(text.encode().replace("é".encode(), b"\xe9"))
    assert reading.thread["4"].text == "café" and kinds(reading) == ["encoding"]


def only(made):
    return parse(export(thread(), made)).thread.comments[0]
