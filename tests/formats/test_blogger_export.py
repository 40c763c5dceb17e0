"""Both exports of Blogger, whose words for the same things differ."""

import datetime as dt
import zipfile

import pytest

import discourse
from discourse import ParseError, Status
from discourse.formats import parse

BLOG = "tag:blogger.com,1999:blog-1."
NAMES = (
    'xmlns="http://www.w3.org/2005/Atom" xmlns:gd="http://schemas.google.com/g/2005"'
    ' xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:app="http://purl.org/atom/app#"'
)
OLD = f"<feed {NAMES}><id>{BLOG}archive</id><title>The Mill</title>{{}}</feed>"
NEW = (
    f'<feed {NAMES} xmlns:blogger="http://schemas.google.com/blogger/2018">'
    "<title>The Mill</title>{}</feed>"
)


def entry(
    id, *inside, name="Bo", text="&lt;p&gt;Hm.&lt;/p&gt;", updated="2024-03-01T02:00:00-08:00"
):
    return (
        f"<entry><id>{BLOG}{id}</id><author><name>{name}</name></author>"
        f"<published>2024-03-01T02:00:00-08:00</published><updated>{updated}</updated>"
        f'<content type="html">{text}</content>{"".join(inside)}</entry>'
    )


def old(kind, *more):
    term = f"http://schemas.google.com/blogger/2008/kind#{kind}"
    category = f'<category scheme="http://schemas.google.com/g/2005#kind" term="{term}"/>'
    return "".join([category, *more])


def new(kind, status="LIVE", parent=None, answers="", *more):
    post = f"<blogger:parent>{BLOG}{parent}</blogger:parent>" if parent else ""
    reply = f"<blogger:inReplyTo>{BLOG}{answers}</blogger:inReplyTo>" if answers else ""
    return "".join([f"<blogger:type>{kind}</blogger:type><blogger:status>{status}</blogger:status>",
                    post, reply or "<blogger:inReplyTo/>", *more])  # fmt: skip


def under(post):
    return f'<thr:in-reply-to ref="{BLOG}{post}" href="https://mill.example/p.html"/>'


def related(number):
    return (
        f'<link rel="related" href="https://www.blogger.com/feeds/1/5/comments/default/{number}"/>'
    )


OLD_TEXT = OLD.format(
    entry("settings.A", old("settings"))
    + entry("layout", old("template"))
    + entry("post-6", old("comment", under("post-5"), related(7), "<title>Hm...</title>"))
    + entry("post-5", old("post", '<title>A &amp;lt;b&amp;gt; "mill"</title>',
            '<link rel="alternate" href="https://mill.example/p.html"/><thr:total>2</thr:total>',
            '<category scheme="http://www.blogger.com/atom/ns#" term="News"/>',
            "<app:control><app:draft>yes</app:draft></app:control>"),
            updated="2024-03-02T10:00:00Z")
    + entry("post-7", old("comment", under("post-5")), name="Anonymous")
)  # fmt: skip
NEW_TEXT = NEW.format(
    entry("post-5", new("POST", "DRAFT"), "<blogger:filename>/p.html</blogger:filename>")
    + entry("post-6", new("COMMENT", "SOFT_TRASHED", "post-5", "post-7"))
    + entry("post-7", new("COMMENT", "LIVE", "post-5"))
    + entry("post-9", new("COMMENT", "GHOSTED", "post-5"))
)


def tree(thread):
    return {c.id.removeprefix(BLOG): c.parent_id and c.parent_id.removeprefix(BLOG) for c in thread}


def test_an_export_of_before():
    reading = parse(OLD_TEXT)
    thread = reading.thread
    assert tree(thread) == {"post-7": None, "post-6": "post-7"}
    article = thread.article
    assert (article.id, article.url) == (f"{BLOG}post-5", "https://mill.example/p.html")
    assert (article.site, article.comment_count, article.tags) == ("The Mill", 2, {"News"})
    assert article.meta == {"draft": True} and article.authors[0].name == "Bo"
    assert article.edited_at == dt.datetime(2024, 3, 2, 10, tzinfo=dt.UTC)
    reply = thread[f"{BLOG}post-6"]
    assert reply.created_at == dt.datetime(2024, 3, 1, 10, tzinfo=dt.UTC)
    assert reply.edited_at is None and reply.title is None and reply.text == "<p>Hm.</p>"
    nobody = thread[f"{BLOG}post-7"]
    assert nobody.author is None and nobody.meta == {"author": "Anonymous"}
    assert [problem.values for problem in reading.problems] == [("settings", 1), ("template", 1)]


def test_an_export_of_takeout():
    thread = parse(NEW_TEXT).thread
    assert tree(thread) == {"post-7": None, "post-6": "post-7", "post-9": None}
    trashed = thread[f"{BLOG}post-6"]
    assert (trashed.status, trashed.meta["status"]) == (Status.REMOVED, "SOFT_TRASHED")
    assert thread[f"{BLOG}post-9"].status is Status.HIDDEN
    assert thread.article.meta == {"filename": "/p.html", "status": "DRAFT"}
    type_of_author = NEW_TEXT.replace("</author>", "<blogger:type>BLOGGER</blogger:type></author>")
    assert parse(type_of_author).thread == thread, "which says nothing of the entry"


def test_a_comment_may_name_its_post_in_its_own_id_alone():
    text = NEW.format(entry("post-5", new("POST")) + entry("post-5.comment-6", new("COMMENT")))
    assert tree(parse(text).thread) == {"post-5.comment-6": None}


def test_what_blogger_removed_says_by_whom():
    gone = '<gd:extendedProperty name="blogger.contentRemoved" value="true"/>'
    by = "This comment has been removed by {}."
    text = OLD.format(
        entry("post-6", old("comment", under("post-5"), gone), text=by.format("the author"))
        + entry("post-7", old("comment", under("post-5"), gone),
                text=by.format("a blog administrator"))
    )  # fmt: skip
    states = [(c.status, c.text) for c in parse(text).thread]
    assert states == [(Status.DELETED, None), (Status.REMOVED, None)]


def test_takeout_is_read_from_its_archive_and_from_its_folder(tmp_path):
    path = tmp_path / "takeout.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Takeout/Blogger/Blogs/The Mill/feed.atom", NEW_TEXT)
        archive.writestr("Takeout/Blogger/Blogs/The Mill/settings.csv", "a,b\n1,2\n")
    reading = discourse.read(path)
    assert len(reading.thread) == 3
    assert {problem.kind for problem in reading.problems} == {"unread-member"}
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "out")
    reading = discourse.read(tmp_path / "out")
    assert len(reading.thread) == 3
    (problem,) = reading.problems
    assert problem.kind == "unread-member" and "settings.csv" in problem.values[0]


def test_an_entry_that_is_cut_and_one_without_an_id_are_told():
    text = NEW_TEXT[: NEW_TEXT.rindex("</content>")]
    kinds = [problem.kind for problem in parse(text).problems]
    assert "truncated" in kinds and len(parse(text).thread) == 2
    reading = parse(NEW_TEXT.replace(f"<id>{BLOG}post-9</id>", ""))
    assert [problem.kind for problem in reading.problems] == ["no-id"]


def test_a_prefix_that_is_not_declared_is_read_all_the_same():
    text = OLD_TEXT.replace(' xmlns:app="http://purl.org/atom/app#"', "")
    assert tree(parse(text).thread) == tree(parse(OLD_TEXT).thread)


def test_a_feed_is_no_export():
    with pytest.raises(ParseError, match="not an export of Blogger"):
        parse(f"<feed {NAMES}><entry><id>x</id></entry></feed>", "blogger-export")
