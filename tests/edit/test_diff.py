"""Differences of threads as JSON."""

import json

from discourse import Author, Comment, Thread, edit
from discourse.json import make_converter


def test_a_difference_is_json_through_the_converter():
    old = Thread(None, [Comment("1", None, Author("Ada")), Comment("2", "1")])
    new = edit.replace(old, "1", status="removed", author=Author("Bo"), meta={"why": ["spam"]})
    rows = make_converter().unstructure(edit.diff(old, new))["changes"]
    assert json.loads(json.dumps(rows)) == [
        {"id": "1", "field": "author", "old": {"name": "Ada"}, "new": {"name": "Bo"}},
        {"id": "1", "field": "status", "old": "visible", "new": "removed"},
        {"id": "1", "field": "meta", "old": {}, "new": {"why": ["spam"]}},
    ]
