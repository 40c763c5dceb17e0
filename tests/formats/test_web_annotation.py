"""Annotations of the W3C's model, and those of Hypothes.is."""

import datetime as dt
import json

import pytest

from discourse import Author, Status, TextFormat
from discourse.formats import parse

PAGE = "https://a.example/mills"


def note(id, **more):
    return {"type": "Annotation", "id": f"urn:{id}", "target": PAGE, **more}


def read(*notes):
    return parse(json.dumps({"@context": "http://www.w3.org/ns/anno.jsonld",
                             "type": "AnnotationPage", "items": notes}))  # fmt: skip


def test_an_annotation_of_a_page_and_replies_to_it():
    reading = read(
        note(3, target="urn:2", motivation=["replying"], bodyValue="And?"),
        note(1, bodyValue="Hm.", created="2024-03-01T10:00:00+01:00"),
        note(2, target={"source": "urn:1", "selector": {"type": "X"}}, bodyValue="Yes."),
        note(4, target="urn:gone", motivation="replying", bodyValue="Where?"),
    )
    page, lost = reading.threads
    assert (page.article.id, page.article.url) == (PAGE, PAGE)
    assert {c.id: c.parent_id for c in page} == {"urn:1": None, "urn:2": "urn:1", "urn:3": "urn:2"}
    assert page["urn:1"].created_at == dt.datetime(2024, 3, 1, 9, tzinfo=dt.UTC)
    assert page["urn:2"].meta["target"]["selector"] == {"type": "X"}
    assert lost.article is None and lost["urn:gone"].status is Status.MISSING


@pytest.mark.parametrize(
    ("target", "iri"),
    [(PAGE, PAGE), ({"id": PAGE, "type": "Text"}, PAGE), ([PAGE, "urn:x"], PAGE),
     ({"source": PAGE, "selector": "urn:s"}, PAGE), ({"source": {"id": PAGE}}, PAGE),
     ({"type": "List", "items": [{"source": PAGE}, "urn:x"]}, PAGE), (None, None), ([], None)],
)  # fmt: skip
def test_what_is_annotated_is_named_in_many_ways(target, iri):
    article = read(note(1, target=target)).thread.article
    assert (article and article.id) == iri


def test_bodies():
    html = {"type": "TextualBody", "value": "<p>J'adore</p>", "format": "text/html",
            "language": "fr", "purpose": "commenting"}  # fmt: skip
    tag = {"type": "TextualBody", "value": "mills", "purpose": "tagging"}
    made = read(note(1, body=[tag, html, "https://a.example/video"])).thread["urn:1"]
    assert (made.text, made.text_format, made.language) == (
        "<p>J'adore</p>", TextFormat.HTML, "fr",
    )  # fmt: skip
    assert made.tags == {"mills"}
    assert list(made.meta["body"]) == [{"purpose": "commenting"}, "https://a.example/video"]
    tagging = read(note(1, motivation="tagging", body={"value": "wind"})).thread["urn:1"]
    assert tagging.tags == {"wind"} and tagging.text is None


def test_creators():
    person = {"id": "urn:ada", "type": "Person", "name": "Ada", "nickname": "a", "email": "a@x.y"}
    software = {"type": "Software", "name": "Bot", "homepage": "https://bot.example"}
    made = read(note(1, creator=person), note(2, creator=software), note(3, creator="urn:ada"))
    authors = [c.author for c in made.thread]
    assert (authors[0].name, authors[0].id, authors[0].meta) == ("Ada", "urn:ada", {})
    assert authors[1].is_bot is True and authors[1].url == "https://bot.example"
    assert authors[2] == Author(id="urn:ada")


def test_what_goes_on_elsewhere_is_told_and_so_is_what_is_nothing():
    text = json.dumps({"type": "AnnotationCollection", "total": 9, "first": {
        "type": "AnnotationPage", "items": [note(1)], "next": "https://a.example/page2"}})  # fmt: skip
    assert [problem.kind for problem in parse(text).problems] == ["more-pages"]
    kinds = [p.kind for p in read(note(1), {"type": "Annotation"}, {"id": "x", "a": 1}).problems]
    assert kinds == ["no-id", "not-recognised"]
    assert not read(note(1), note(1)).problems
    assert [p.kind for p in read(note(1), note(1, bodyValue="?")).problems] == [
        "duplicate-conflict"
    ]


def test_annotations_that_answer_each_other_end():
    reading = read(note(1, target="urn:2"), note(2, target="urn:1"))
    assert len(reading.thread) == 2 and reading.problems


ROW = {
    "id": "a1", "created": "2024-03-01T10:00:00.5+00:00", "updated": "2024-03-01T10:00:00.5+00:00",
    "user": "acct:ada@hypothes.is", "uri": PAGE, "text": "*Hm.*", "tags": ["mills"],
    "group": "__world__", "permissions": {"read": ["group:__world__"]}, "flagged": False,
    "target": [{"source": PAGE, "selector": [{"type": "TextQuoteSelector", "exact": "a mill"}]}],
    "document": {"title": ["Mills"]}, "links": {"html": "https://h.example/a1",
    "incontext": "https://h.example/a1/in", "json": "https://h.example/api/a1"},
    "user_info": {"display_name": "Ada B."}, "hidden": False,
}  # fmt: skip


def rows(*changes, **around):
    notes = [{**ROW, **change} for change in changes]
    return parse(json.dumps({"total": len(notes), "rows": notes, **around}))


def test_answers_of_hypothesis():
    thread = rows(
        {},
        {"id": "a2", "references": ["a1"], "updated": "2024-03-02T10:00:00+00:00"},
        {"id": "a3", "references": ["a1", "a2"], "hidden": True, "text": ""},
        {"id": "a4", "references": ["zz"], "moderation_status": "SPAM"},
    ).thread
    assert (thread.article.id, thread.article.title) == (PAGE, "Mills")
    assert [(c.id, c.parent_id) for c in thread if c.status is not Status.MISSING] == [
        ("a1", None), ("a2", "a1"), ("a3", "a2"), ("a4", "zz"),
    ]  # fmt: skip
    first = thread["a1"]
    assert (first.author.name, first.author.id) == ("ada", "acct:ada@hypothes.is")
    assert first.author.display_name == "Ada B."
    assert (first.text, first.text_format) == ("*Hm.*", TextFormat.MARKDOWN)
    assert (first.tags, first.url) == ({"mills"}, "https://h.example/a1/in")
    assert first.edited_at is None and thread["a2"].edited_at is not None
    assert first.meta["target"][0]["selector"][0]["exact"] == "a mill"
    assert first.meta["group"] == "__world__" and "flagged" not in first.meta
    assert (thread["a3"].status, thread["a3"].text) == (Status.HIDDEN, None)
    assert thread["a4"].status is Status.SPAM


def test_a_search_with_more_results_and_with_replies_apart():
    assert [p.kind for p in rows({}, total=20).problems] == ["more-pages"]
    reply = {**ROW, "id": "a2", "references": ["a1"]}
    assert {c.id for c in rows({}, replies=[reply]).thread} == {"a1", "a2"}
    assert parse(json.dumps(ROW)).thread["a1"] and parse(json.dumps([ROW])).thread["a1"]
    assert rows().threads == ()
    export = {"export_date": "2024-03-01T10:00:00Z", "annotations": [ROW]}
    assert parse(json.dumps(export)).thread == parse(json.dumps(ROW)).thread
