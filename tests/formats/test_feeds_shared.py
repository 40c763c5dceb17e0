"""Real feeds: comments and parents against a count of their own, and the pages of the same posts."""

import re

import pytest

import discourse
from discourse import Status

ITEM = re.compile(r"<item>.*?</item>", re.DOTALL)
PARENT = re.compile(r'<content:encoded><!\[CDATA\[\s*<p>In reply to <a href="[^"]*#comment-(\d+)"')


@pytest.fixture(scope="module")
def files(shared):
    found = sorted((shared / "samples/feeds").glob("*.xml"))
    assert len(found) >= 9
    return found


def real(reading):
    return [c for t in reading.threads for c in t if c.status is not Status.MISSING]


def test_comments_and_parents_are_those_of_the_file(files):
    total = 0
    for path in files:
        items = [i for i in ITEM.findall(path.read_text(encoding="utf-8")) if "#comment-" in i]
        truth = [
            (re.search(r"#comment-(\d+)</guid>", i)[1], (PARENT.search(i) or [None, None])[1])
            for i in items
        ]
        found = [(c.id, c.parent_id) for c in real(discourse.read(path))]
        assert sorted(found) == sorted(truth), path.name
        total += len(found)
    assert total >= 100


def test_no_phrase_is_left_in_a_text_and_no_text_is_lost(files):
    for path in files:
        for comment in real(discourse.read(path)):
            assert comment.text and not comment.text.startswith("<p>In reply to <a")


def test_order_is_that_of_the_feed_among_siblings(files):
    for path in files:
        order = re.findall(r"#comment-(\d+)</guid>", path.read_text(encoding="utf-8"))
        for thread in discourse.read(path).threads:
            for parent in (None, *thread):
                replies = thread.replies(parent) if parent else thread.replies()
                ids = [c.id for c in replies if c.status is not Status.MISSING]
                assert ids == sorted(ids, key=order.index)


def test_parents_agree_with_the_pages_of_the_same_posts(files, shared):
    pages = shared / "samples/wordpress-html"
    checked = 0
    for path in files:
        page = pages / path.name.replace(".comments.rss.xml", ".html")
        if not page.exists():
            continue
        there = {c.id: c.parent_id for c in discourse.read(page).thread}
        for comment in real(discourse.read(path)):
            if comment.id in there:
                assert comment.parent_id == there[comment.id]
                checked += 1
    if not checked:
        pytest.skip("no pages of these posts are here")


def test_a_page_and_its_feed_differ_in_nothing_a_reader_sees(files, shared):
    """But for the time of one comment, which the theme prints as that of another."""
    pages = shared / "samples/wordpress-html"
    pairs = [(pages / path.name.replace(".comments.rss.xml", ".html"), path) for path in files]
    pairs = [pair for pair in pairs if pair[0].exists()]
    for page, feed in pairs:
        order = [comment.id for comment in discourse.read(page).thread]
        for parts in ([page, feed], [feed, page]):
            reading = discourse.read(parts)
            fields = {p.values[0] for p in reading.problems if p.kind == "conflict"}
            assert fields <= {"created_at"}
            assert [comment.id for comment in reading.thread if comment.id in order] == order
    if not pairs:
        pytest.skip("no pages of these posts are here")


def test_a_site_feed_is_a_thread_for_each_post(files):
    path = next(p for p in files if p.name == "whizzy-site-comments.rss.xml")
    pages = set(re.findall(r"<guid[^>]*>([^<]*)#comment", path.read_text(encoding="utf-8")))
    threads = discourse.read(path).threads
    assert len(threads) == len(pages)
    assert all(t.article.title and t.article.url and t.article.id for t in threads)


def test_what_is_wrong_is_told_and_nothing_else(files):
    for path in files:
        found = {problem.kind for problem in discourse.read(path).problems}
        expected = {"orphan"} if path.name == "whizzy-site-comments.rss.xml" else set()
        expected |= {"no-entries"} if path.name.startswith("adho") else set()
        assert found == expected, path.name
