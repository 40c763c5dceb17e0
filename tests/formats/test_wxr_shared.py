"""Real exports: comments and parents against a count of their own, and written back whole."""

import re
from collections import Counter

import pytest

import discourse
from discourse import Status
from discourse.formats import wxr

COMMENT = re.compile(r"<wp:comment>(.*?)</wp:comment>", re.DOTALL)
ITEM = re.compile(r"<item[\s>].*?</item>", re.DOTALL)


def tag(name, text):
    match = re.search(
        rf"<wp:{name}>(?:\s*<!\[CDATA\[)?(.*?)(?:\]\]>\s*)?</wp:{name}>", text, re.DOTALL
    )
    return match[1].strip() if match else ""


@pytest.fixture(scope="module")
def files(shared):
    found = sorted((shared / "samples/wxr").glob("*.xml"))
    found.append(shared / "samples/artrans/artransfer-WordPress.sample")
    assert len(found) > 10
    return found


def test_comments_parents_and_statuses_are_those_of_the_file(files):
    total = 0
    for path in files:
        text = path.read_text(encoding="utf-8")
        truth = [
            (
                tag("comment_id", c),
                tag("comment_parent", c) or "0",
                tag("comment_approved", c) or "1",
            )
            for c in COMMENT.findall(text)
        ]
        reading = discourse.read(path)
        found = [
            (c.id, c.parent_id or "0", c.meta.get("comment_approved", "1"))
            for thread in reading.threads
            for c in thread
            if c.status is not Status.MISSING
        ]
        assert Counter(found) == Counter(truth), path.name
        total += len(found)
    assert total >= 100


def test_every_post_is_a_thread_but_for_furniture(files):
    for path in files:
        items = ITEM.findall(path.read_text(encoding="utf-8"))
        expected = [
            i for i in items if "<wp:comment>" in i or tag("post_type", i) not in wxr.FURNITURE
        ]
        cut = path.name == "importer-malformed-simple.xml"  # its one item has no end
        assert len(discourse.read(path).threads) == len(expected) + cut, path.name


def test_bodies_are_whole(files):
    for path in files:
        text = path.read_text(encoding="utf-8")
        truth = Counter(tag("comment_content", c) for c in COMMENT.findall(text))
        threads = discourse.read(path).threads
        found = Counter((c.text or "").strip() for t in threads for c in t if c.status != "missing")
        assert found == truth, path.name


def test_what_is_wrong_is_told_and_nothing_else(files):
    expected = {
        "importer-malformed-simple.xml": {"truncated"},
        "importer-test-serialized-comment-meta.xml": {"local-time"},
        "wptest.xml": {"local-time"},
    }
    for path in files:
        found = {problem.kind for problem in discourse.read(path).problems}
        assert found == expected.get(path.name, set()), path.name


def test_they_are_written_back_whole(files):
    for path in files:
        threads = discourse.read(path).threads
        back = wxr.parse(wxr.serialize_all(threads)).threads
        assert [t.comments for t in back] == [t.comments for t in threads], path.name
        lost = {why.rpartition(":")[2] for thread in threads for why in wxr.holds(thread)}
        assert lost <= {" meta cannot be held"}, path.name  # defaults of a post, where it has none


def test_streaming_them_gives_the_same(files):
    for path in files:
        assert tuple(discourse.stream(path)) == discourse.read(path).threads


def test_a_real_export_cut_at_many_places_never_breaks_and_counts_right(files):
    text = next(p for p in files if p.name == "isso-wordpress.xml").read_text(encoding="utf-8")
    for at in range(text.index("<item>") + 6, len(text), 97):
        if "<wp:" not in text[text.index("<item>") : at]:
            continue  # what is left may be any feed
        threads = wxr.parse(text[:at]).threads
        found = sum(1 for t in threads for c in t if c.status is not Status.MISSING)
        assert found == text[:at].count("</wp:comment>")
