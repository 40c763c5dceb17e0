"""Privacy on real pages, each change read and judged by eye."""

import pytest

import discourse
from discourse.privacy import pseudonymise, redact_contacts, residue

KEY = bytes(range(32))
PAGE = "pages/000_11c1059b06ce80de.txt"


def changed(before, after):
    return [old.id for old, new in zip(before, after, strict=True) if old.text != new.text]


def test_the_page_loses_those_who_are_called_and_nothing_else(shared):
    thread = discourse.read(shared / PAGE).thread
    done = pseudonymise(thread, key=KEY)
    assert changed(thread, done.thread) == ["2.1", "8", "12.1", "14.2", "18.1"]
    assert done.thread["18.1"].text.split("\n")[1:] == thread["18.1"].text.split("\n")[1:]
    assert done.thread.article.text == thread.article.text
    assert residue(done.thread, ["Gurgen", "Harry Aghavian", "dinosaurian"]) == ()
    assert residue(done.thread, ["Garo Hampirian", "Zeituntsi Vache Achikyan"]) == ()


def test_the_pages_author_is_reached_where_that_is_asked_for(shared):
    thread = discourse.read(shared / PAGE).thread
    scope = ["authors", "text", "article"]
    done = pseudonymise(thread, key=KEY, scope=scope)
    assert residue(done.thread, ["Lillian Avedian"]) == ()
    assert "Lillian" in done.thread["5"].text
    parts = pseudonymise(thread, key=KEY, scope=scope, parts=True)
    assert "Lillian" not in parts.thread["5"].text


def test_the_page_tells_no_address(shared):
    thread = discourse.read(shared / PAGE).thread
    done = redact_contacts(thread)
    assert (done.thread, done.problems) == (thread, ())


@pytest.mark.parametrize(
    ("name", "replaced"),
    [
        ("foxyfolksy.com.buttercream", {"Bebs": ["4", "5", "28"]}),
        ("netzpolitik.org.abmahnungen", {"Ewaldb": ["8", "10"], "Petra": ["12.2", "12.2.1"]}),
        ("happyface313.com.plantur", {}),
    ],
)
def test_pages_of_blogs_lose_the_names_that_the_eye_finds(shared, name, replaced):
    path = shared / "samples" / "extractor-text" / f"{name}.resiliparse-2.0.1.txt"
    thread = discourse.read(path, format="pagetext").thread
    done = pseudonymise(thread, key=KEY, scope=["authors", "text", "article"])
    assert residue(done.thread, replaced) == ()
    assert {i for ids in replaced.values() for i in ids} <= set(changed(thread, done.thread))
    assert redact_contacts(thread).thread == thread


def test_rest_answers_lose_every_name_of_their_authors(shared):
    path = shared / "samples" / "wp-rest" / "frontity-post-60-comments.json"
    thread = discourse.read(path).threads[0]
    names = {c.author.name for c in thread if c.author is not None and c.author.name}
    assert names
    done = pseudonymise(thread, key=KEY)
    assert residue(done.thread, names) == ()
