"""Real files of platforms: ids, parents, authors and times against those found without this library."""

import json

import pytest

import discourse
from discourse import DiscourseError, Status
from discourse.formats._catalogue import CATALOGUE

LEAST = 0.99
YEAR_1 = -62_135_596_800
"""What programs in Go write where there is no time."""


@pytest.fixture(scope="module")
def truth(shared):
    return json.loads((shared / "samples-truth.json").read_text(encoding="utf-8"))


def comments_of(path):
    try:
        reading = discourse.read(path)
    except DiscourseError:
        return {}
    comments = {}
    for thread in reading.threads:
        for comment in thread:
            if comment.status is not Status.MISSING:
                comments.setdefault(comment.id, []).append(comment)
    return comments


def names(comment):
    author = comment.author
    return {None} if author is None else {author.name, author.id, author.display_name}


@pytest.mark.parametrize("family", sorted({*CATALOGUE, "tables", "news-datasets"}))
def test_items_of_real_files_come_out_as_they_are(family, truth, shared):
    if family not in truth:
        pytest.skip("there are no such files")
    count = found = parents = authors = times = 0
    for name, known in truth[family].items():
        if "order" in known or not known["items"]:
            continue  # without ids of its own
        comments = comments_of(shared / "samples" / name)
        people = {}
        for id, _, author, *_ in known["items"]:
            people.setdefault(id, set()).add(author)  # an id that comes twice may have two
        for id, parent, _, time, *_ in known["items"]:
            same = comments.get(id, [])
            count += 1
            found += bool(same)
            parents += any(c.parent_id == parent for c in same)
            authors += None in people[id] or any(people[id] & names(c) for c in same)
            times += time in (None, YEAR_1) or any(
                c.created_at is not None and int(c.created_at.timestamp()) == int(time)
                for c in same
            )
    shares = [each / max(count, 1) for each in (found, parents, authors, times)]
    assert min(shares) >= LEAST or count == 0, (family, count, found, parents, authors, times)
