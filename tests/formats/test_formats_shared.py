"""Real files of platforms: ids, parents, authors and times against those found without this library."""

import json

import pytest

import discourse
from discourse import Article, DiscourseError, Status
from discourse.formats._catalogue import CATALOGUE

LEAST = 0.99
YEAR_1 = -62_135_596_800
"""What programs in Go write where there is no time."""


@pytest.fixture(scope="module")
def truth(shared):
    return json.loads((shared / "samples-truth.json").read_text(encoding="utf-8"))


def posts_of(path):
    """Return the comments and articles of a file by id, each with the ids of what it may answer."""
    try:
        reading = discourse.read(path)
    except DiscourseError:
        return {}
    posts = {}
    for thread in reading.threads:
        article = thread.article
        if article is not None and article.id is not None and article != Article(id=article.id):
            posts.setdefault(article.id, []).append((article, {None}))
        for comment in thread:
            if comment.status is not Status.MISSING:
                is_top_level = comment.parent_id is None and article is not None
                parents = {comment.parent_id, article.id if is_top_level else comment.parent_id}
                posts.setdefault(comment.id, []).append((comment, parents))
    return posts


def names(post):
    authors = post.authors if isinstance(post, Article) else [post.author]
    return {n for a in authors if a is not None for n in (a.name, a.id, a.display_name)} or {None}


@pytest.mark.parametrize("family", sorted({*CATALOGUE, "tables", "news-datasets", "usenet"}))
def test_items_of_real_files_come_out_as_they_are(family, truth, shared):
    if family not in truth:
        pytest.skip("there are no such files")
    count = found = parents = authors = times = 0
    for name, known in truth[family].items():
        if "order" in known or not known["items"]:
            continue  # without ids of its own
        posts = posts_of(shared / "samples" / name)
        people = {}
        for id, _, author, *_ in known["items"]:
            people.setdefault(id, set()).add(author)  # an id that comes twice may have two
        for id, parent, _, time, *_ in known["items"]:
            same = posts.get(id, [])
            count += 1
            found += bool(same)
            expected = set(parent) if isinstance(parent, list) else {parent}
            parents += any(expected & answered for _, answered in same)
            authors += None in people[id] or any(people[id] & names(post) for post, _ in same)
            times += time in (None, YEAR_1) or any(
                post.created_at is not None and int(post.created_at.timestamp()) == int(time)
                for post, _ in same
            )
    shares = [each / max(count, 1) for each in (found, parents, authors, times)]
    assert min(shares) >= LEAST or count == 0, (family, count, found, parents, authors, times)
