"""Real Disqus exports: posts, threads and parents against a count of their own."""

import re

import pytest

import discourse
from discourse import Status

POST = re.compile(r"<post[\s>].*?</post>", re.DOTALL)
THREAD = re.compile(r"<thread [^>]*?>\s*<(?:id|forum)")
KINDS = {
    "isso-disqus.xml": ["missing-thread"],
    "remark42-disqus-deleted-post.xml": [
        *("junk-before-root", "bad-tag", "bad-flag", "bad-time", "made-id")
    ],
}


def named(tag, text):
    match = re.search(rf'<{tag} dsq:id="?(\w+)', text)
    return match[1] if match else None


@pytest.fixture(scope="module")
def files(shared):
    found = sorted((shared / "samples/disqus-xml").glob("*.xml"))
    found.append(shared / "samples/artrans/artransfer-Disqus.sample")
    assert len(found) >= 4
    return found


def test_posts_threads_and_parents_are_those_of_the_file(files):
    for path in files:
        text = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        posts = POST.findall(text)
        truth = [
            (named("post", p) or "no-id-1", named("parent", p), named("thread", p)) for p in posts
        ]
        reading = discourse.read(path)
        found = [
            (c.id, c.parent_id, t.article.id)
            for t in reading.threads
            for c in t
            if c.status is not Status.MISSING
        ]
        assert sorted(found, key=str) == sorted(truth, key=str), path.name
        strangers = {of for _, _, of in truth} - {
            named("thread", t) for t in re.findall(r"<thread [^>]*[^/]>", text)
        }
        assert len(reading.threads) == len(THREAD.findall(text)) + len(strangers), path.name


def test_statuses_are_those_of_the_file(files):
    for path in files:
        text = path.read_text(encoding="utf-8")
        posts = POST.findall(text)
        deleted = sum(bool(re.search(r"<isDeleted>\s*true", p)) for p in posts)
        spam = sum(bool(re.search(r"<isSpam>\s*true", p)) for p in posts)
        found = [c.status for t in discourse.read(path).threads for c in t]
        assert (found.count(Status.DELETED), found.count(Status.SPAM)) == (deleted, spam)


def test_what_is_wrong_is_told_and_nothing_else(files):
    for path in files:
        found = [problem.kind for problem in discourse.read(path).problems]
        assert found == KINDS.get(path.name, []), path.name
