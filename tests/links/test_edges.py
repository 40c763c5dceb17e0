"""Reply edges: the declared ones, the inferred ones, and why."""

import pytest
from hypothesis import given

from discourse import Article, Author, Comment, FieldError, Thread
from discourse.links import Mention, Quote, reply_edges
from discourse.strategies import threads

SAID = "the ferry leaves from the northern pier at half past nine"
ADA, BO, CY = Author("Ada"), Author("Bo"), Author("Cyrus")

THREAD = Thread(Article("T", text="The ferry leaves from the southern pier, and not before ten"), [
    Comment("1", None, ADA, f"Listen: {SAID}."),
    Comment("2", "1", BO, "No."),
    Comment("3", "2", CY, f"@Ada: “{SAID}”? Hm."),
    Comment("4", None, BO, "@Cyrus: “The ferry leaves from the southern pier”, they write."),
    Comment("5", "4", CY, "@Bo yes. > no"),
    Comment("6", None, None, "@Bo and @Ada and @Nobody, no."),
])  # fmt: skip


@given(threads(complete=False))
def test_every_comment_has_its_declared_edge(thread):
    edges = reply_edges(thread, evidence=["declared"])
    assert [(edge.comment_id, edge.target_id) for edge in edges] == [
        (comment.id, comment.parent_id) for comment in thread
    ]
    assert all(e.kind == "declared" and e.confidence == 1 and e.evidence is None for e in edges)


@given(threads(complete=False))
def test_all_edges_lead_to_comments_that_are_there_and_say_why(thread):
    for edge in reply_edges(thread):
        assert edge.comment_id in thread
        assert edge.target_id is None or edge.target_id in thread
        assert (edge.kind == "declared") == (edge.evidence is None)
        assert 0 < edge.confidence <= 1


def test_who_is_named_or_quoted_and_is_not_the_parent_is_answered_too():
    inferred = [
        (edge.comment_id, edge.target_id, edge.kind)
        for edge in reply_edges(THREAD, evidence=("mention", "quote"))
    ]
    assert inferred == [
        ("3", "1", "mention"), ("3", "1", "quote"), ("4", "3", "mention"),
        ("6", "4", "mention"), ("6", "1", "mention"),
    ]  # fmt: skip


def test_edges_tell_what_they_were_inferred_from():
    kinds = {edge.kind: type(edge.evidence) for edge in reply_edges(THREAD)}
    assert kinds == {"declared": type(None), "mention": Mention, "quote": Quote}


def test_a_mention_of_who_wrote_much_is_less_sure():
    sure = {
        (e.comment_id, e.target_id): e.confidence for e in reply_edges(THREAD, evidence=["mention"])
    }
    assert sure["6", "4"] < sure["6", "1"]


def test_one_kind_of_evidence_can_be_asked_for_and_an_unknown_one_is_refused():
    assert {edge.kind for edge in reply_edges(THREAD, evidence="quote")} == {"quote"}
    assert reply_edges(THREAD, evidence=()) == ()
    with pytest.raises(FieldError, match="evidence"):
        reply_edges(THREAD, evidence=["guess"])


def test_the_header_of_a_quotation_leads_to_the_comment_that_is_quoted_and_to_no_other():
    said = "They told us on the radio that the bridge will be closed."
    quoting = (
        '<aside class="quote" data-username="ann" data-post="1"><div class="title">ann:</div>'
        f"<blockquote><p>{said}</p></blockquote></aside><p>Who did?</p>"
    )
    thread = Thread(
        None,
        [
            Comment("1", None, Author("ann"), said),
            Comment("2", None, Author("ann"), "Or was it on the web?"),
            Comment("3", None, Author("bo"), quoting, text_format="html"),
        ],
    )
    inferred = reply_edges(thread, evidence=["mention", "quote"])
    assert [(e.comment_id, e.target_id, e.kind) for e in inferred] == [("3", "1", "quote")]
