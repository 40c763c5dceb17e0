"""Commento's export: its words for nothing, and its states."""

import json

import pytest

from discourse import Author, Status, TextFormat
from discourse.formats import parse


def comment(id, parent="root", commenter="anonymous", **more):
    return {"commentHex": id, "domain": "a.example", "url": "/mills", "commenterHex": commenter,
            "markdown": "*Hm.*", "html": "<p>Hm.</p>", "parentHex": parent, "score": 2,
            "state": "approved", "creationDate": "2024-03-01T10:00:00.5Z", "direction": 0,
            "deleted": False, **more}  # fmt: skip


ADA = {"commenterHex": "ada", "email": "ada@a.example", "name": "Ada", "link": "undefined",
       "photo": "https://a.example/ada.png", "provider": "github", "isModerator": True}  # fmt: skip


def export(*comments, commenters=(ADA,)):
    return json.dumps({"version": 1, "comments": comments, "commenters": commenters})


def test_words_for_nothing_are_nothing():
    text = export(comment("a1"), comment("a2", "a1", "ada"), comment("a3", "a2", "lost"))
    thread = parse(text).thread
    assert (thread.article.id, thread.article.site) == ("a.example/mills", "a.example")
    assert [(c.id, c.parent_id) for c in thread] == [("a1", None), ("a2", "a1"), ("a3", "a2")]
    assert thread["a1"].author is None and thread["a3"].author == Author(None, "lost")
    ada = thread["a2"].author
    assert (ada.name, ada.id, ada.url, ada.avatar_url) == ("Ada", "ada", None, ADA["photo"])
    assert thread["a2"].tags == {"moderator"} and ada.meta == {"provider": "github"}
    assert parse(text, contacts=True).thread["a2"].author.meta["email"] == "ada@a.example"


def test_text_is_what_was_typed_or_else_the_page():
    thread = parse(export(comment("a1"), comment("a2", markdown=""))).thread
    assert (thread["a1"].text, thread["a1"].text_format) == ("*Hm.*", TextFormat.MARKDOWN)
    assert (thread["a2"].text, thread["a2"].text_format) == ("<p>Hm.</p>", TextFormat.HTML)


@pytest.mark.parametrize(
    ("more", "status"),
    [({"state": "unapproved"}, Status.PENDING), ({"state": "flagged"}, Status.SPAM),
     ({"deleted": True, "markdown": "[deleted]"}, Status.DELETED)],
)  # fmt: skip
def test_states(more, status):
    made = parse(export(comment("a1", commenter="ada", **more))).thread["a1"]
    assert made.status is status
    assert (made.text is None) == (made.author is None) == (status is Status.DELETED)


def test_a_commenter_of_a_wrong_type_is_told():
    reading = parse(export(comment("a1", commenter=["ada"]), commenters=[]))
    assert [problem.kind for problem in reading.problems] == ["bad-value"]
    assert reading.thread["a1"].author is None


def test_what_is_not_known_or_not_used_is_told():
    kinds = [problem.kind for problem in parse(export(comment("a1", state="odd"))).problems]
    assert kinds == ["unknown-status", "not-recognised"]
