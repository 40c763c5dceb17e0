"""Links of real pages, each read and judged by eye."""

import pytest

import discourse
from discourse.links import mentions, near_duplicates, quotes, reply_edges

PAGE = "pages/000_11c1059b06ce80de.txt"


@pytest.fixture
def thread(shared):
    return discourse.read(shared / PAGE).thread


def test_the_page_has_these_quotes_and_no_others(thread):
    found = {(q.comment_id, q.source_id, q.source_field): q for q in quotes(thread)}
    assert set(found) == {
        ("1", None, "text"), ("5", None, "title"), ("12.2", "11", "text"), ("12.3", "12", "text"),
    }  # fmt: skip
    assert [q.score == 1 for q in found.values()] == [True, True, True, False]
    quote = found["12.2", "11", "text"]
    passage = thread["12.2"].text[slice(*quote.span)]
    assert passage.startswith("This gave") and passage.endswith("that intensity")
    assert thread["11"].text[slice(*quote.source_span)] == passage


def test_the_page_has_these_mentions_and_no_others(thread):
    assert [(m.comment_id, m.name, m.kind) for m in mentions(thread)] == [
        ("2.1", "Garo Hampirian", "address"),
        ("8", "Zeituntsi Vache Achikyan", "address"),
        ("12.1", "dinosaurian", "address"),
        ("14.2", "Harry Aghavian / Concerned Armenian", "at"),
        ("18.1", "Gurgen", "at"),
    ]


def test_the_page_has_one_pair_of_near_duplicates(thread):
    (pair,) = near_duplicates(thread)
    assert pair.ids == ("10.2", "14")
    assert 0.8 <= pair.similarity < 0.9
    assert near_duplicates(thread, threshold=0.3)[0].ids == pair.ids


def test_the_page_has_one_reply_that_its_indents_do_not_show(thread):
    inferred = reply_edges(thread, evidence=["mention", "quote"])
    assert [(e.comment_id, e.target_id, e.kind) for e in inferred] == [("12.2", "11", "quote")]


STRANGERS = {
    "cubadebate.cu-sesiona.html": [],
    "golfpost.de-premiere.html": ["Herr Habermeyer"],
    "netzpolitik.org.abmahnungen.html": ["Herr Huber"],
}


def test_few_comments_of_blogs_begin_with_the_full_name_of_nobody_known(shared):
    found, comments = {}, 0
    for path in sorted((shared / "samples" / "wordpress-html").glob("*.html")):
        for thread in discourse.read(path).threads:
            comments += len(thread)
            found[path.name] = [
                m.name for m in mentions(thread)
                if m.author is None and m.kind == "address" and " " in m.name
            ]  # fmt: skip
    assert comments > 400
    assert {name: names for name, names in found.items() if names or name in STRANGERS} == STRANGERS


@pytest.mark.parametrize(
    ("name", "quoted", "called"),
    [
        ("cubadebate.cu-sesiona", 4, ["Ramon"]),
        ("foxyfolksy.com.buttercream", 0, ["Bebs", "Bebs"]),
        ("franziska-elea.de.vuitton", 0, ["raffaelapichler", "Franzi"]),
        ("frolleinherr.com.lost", 0, ["Karo", "Karoline", "Karoline", "Johanna"]),
        (
            "netzpolitik.org.abmahnungen",
            5,
            ["Zeus", "Ewaldb", "Ewaldb", "Petra", "kdm", "Herr Huber", "Andrea"],
        ),
        ("happyface313.com.plantur", 0, []),
        ("youhadmeatgardening.com.lemon", 0, []),
        ("zulang.wordpress.com.genitalverstuemmelung", 2, ["Matze"]),
    ],
)
def test_pages_of_blogs_have_what_the_eye_finds(shared, name, quoted, called):
    path = shared / "samples" / "extractor-text" / f"{name}.resiliparse-2.0.1.txt"
    thread = discourse.read(path, format="pagetext").thread
    assert len(quotes(thread)) == quoted
    assert [mention.name for mention in mentions(thread)] == called


@pytest.mark.parametrize("name", ["t_2108_posts_pn_81", "t_2144_posts_pn_21"])
def test_no_header_of_a_quotation_in_a_forum_is_an_address(shared, name):
    """These comments begin with quotations of others, whose authors they do not call."""
    path = shared / "samples" / "discourse-json" / f"xertrov-{name}.json"
    for thread in discourse.read(path).threads:
        quoting = {c.id for c in thread if "</blockquote>" in (c.text or "")}
        assert len(quoting) > 10
        assert not [m for m in mentions(thread) if m.kind == "address"]
        quoted = [e for e in reply_edges(thread, evidence="quote") if e.comment_id in quoting]
        assert len(quoted) >= 3
