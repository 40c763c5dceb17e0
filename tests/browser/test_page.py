"""A page of `discourse.render.html`, as somebody who was sent it meets it."""

import datetime as dt
import re
from importlib.resources import files

import attrs
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import discourse
from discourse import Article, Author, Comment, Source, Status, Stub, TextFormat, Thread
from discourse.render import html
from discourse.strategies import threads

# -- threads of all shapes -------------------------------------------------------------------------


def demo():
    return discourse.parse(files("discourse").joinpath("data/demo.txt").read_text("utf-8")).thread


def chain(length):
    above = [None, *map(str, range(length - 1))]
    return Thread(
        None,
        [
            Comment(str(n), parent, Author(f"Number {n % 7}"), f"Word {n}.")
            for n, parent in enumerate(above)
        ],
    )


def placeholders():
    missing = Comment("lost", status=Status.MISSING)
    deleted = Comment("gone", "lost", status=Status.DELETED)
    kept = Comment("kept", "gone", Author("Ada"), "Still here.", reply_count=4)
    removed = Comment("out", None, Author("Bo"), "", status=Status.REMOVED)
    return Thread(None, [missing, deleted, kept, removed], stubs=[Stub("kept", count=3), Stub()])


def right_to_left():
    salaam = "\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064a\u0643\u0645 (Salaam), 3 > 2!"
    shalom = "\u05e9\u05dc\u05d5\u05dd \u05dc\u05db\u05d5\u05dc\u05dd"
    return Thread(
        Article(salaam, text=f"{salaam}\n\n{shalom}", language="ar", authors=[Author(shalom)]),
        [
            Comment("1", None, Author(shalom), salaam, language="he", title=shalom),
            Comment("2", "1", Author("Ann"), f"> {shalom}\n\nYes: {salaam}", tags=[shalom]),
            Comment("3", "2", Author(salaam), f"- {shalom}\n- two", url="https://example.org/3"),
        ],
    )


def long_words():
    word, address = "Donaudampfschiff" * 40, "https://example.org/" + "a/b-c?" * 80
    return Thread(
        Article(word, site=word, url=address, text=f"{word} {address}", captions=[word], tags=[word]),
        [
            Comment("1", None, Author(word, display_name=word * 2), word, title=word, tags=[word]),
            Comment(word, "1", None, f"{address}\n\n> {word}", url=address),
            Comment("3", word, Author("a", url=address), f"<p>{word}</p><table><td>{word}</table>",
                    text_format=TextFormat.HTML),
        ],
        source=Source(word, platform=word, url=address),
    )  # fmt: skip


def code():
    wide = "x = " + " + ".join(f"value_{n}" for n in range(60))
    table = "<table><tr>" + "".join(f"<th>Column {n}</th>" for n in range(30)) + "</tr></table>"
    text = f"<p>Try <code>{wide}</code>:</p><pre><code>if a &lt; b:\n    {wide}</code></pre>{table}"
    text += "<ul><li>one<ol><li>two</li></ol></li></ul><blockquote><p>said</p></blockquote><hr>"
    text += (
        '<h1>Loud</h1><p><a href="https://example.org/">out</a> <img src="a.png" alt="hill"></p>'
    )
    markdown = f"# Loud\n\n```\n{wide}\n```\n\n* one\n* two\n\n[out](https://example.org/) **bold**"
    return Thread(
        Article("Code", text=text, text_format=TextFormat.HTML),
        [
            Comment("1", None, Author("Ada"), text, text_format=TextFormat.HTML),
            Comment("2", "1", Author("Bo"), markdown, text_format=TextFormat.MARKDOWN),
            Comment("3", "1", Author("Cy"), f"    {wide}\n\ttab\n    {wide}"),
        ],
    )


def full():
    when = dt.datetime(2024, 5, 6, 7, 8, 9, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=45)))
    author = Author(
        "ada",
        "7",
        display_name="Ada L.",
        url="https://example.org/ada",
        bio="She.\n\nOh.",
        is_bot=True,
    )
    return Thread(
        Article(
            "Everything", id="a", url="https://example.org/a", authors=[author, Author()], text="Text.",
            captions=["A hill", "A dale"], created_at=when, edited_at=when, site="The Site",
            language="en-GB", score=3.5, comment_count=9, tags=["b", "a"],
        ),
        [
            Comment(
                f"{n}", None if n < 12 else f"{n - 12}", attrs.evolve(author, id=str(n), name=f"ada{n}"),
                "Text.", title="Title", created_at=when, edited_at=when, url="https://example.org/c",
                score=-2, upvotes=3, downvotes=5, reply_count=n, tags=["x", "y z"],
            )
            for n in range(24)
        ],
        source=Source("disqus-xml", platform="Disqus", url="https://example.org/", retrieved_at=when),
    )  # fmt: skip


SHAPES = {
    "the demonstration": demo,
    "nothing at all": lambda: Thread(),
    "one comment": lambda: Thread(None, [Comment("1", text="Alone.")]),
    "an article alone": lambda: Thread(Article("Alone", text="One.\n\nTwo.")),
    "placeholders": placeholders,
    "a chain": lambda: chain(60),
    "right to left": right_to_left,
    "long words": long_words,
    "code": code,
    "all there is": full,
    "several": lambda: [demo(), placeholders(), right_to_left(), Thread()],
    "none": list,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_is_quiet_and_can_be_read_by_all_in_the_dark_and_on_a_phone(show, shape):
    with show(html(SHAPES[shape]())) as visit:
        assert visit.faults() == []
    with show(html(SHAPES[shape]()), width=360) as visit:
        assert visit.axe(["target-size"]) == []


LARGE = {
    "a chain of 2,000": lambda: chain(2_000),
    "a fan of 2,000": lambda: Thread(
        None, [Comment(str(n), "0" if n else None, text="Me too.") for n in range(2_000)]
    ),
}


@pytest.mark.parametrize("shape", LARGE)
def test_a_large_page_fits_a_phone_and_is_folded_and_unfolded_at_once(show, shape):
    with show(html(LARGE[shape]())) as visit:
        assert visit.too_wide(320) == []
        assert visit.page.locator("article.c").last.is_visible()
        visit.page.get_by_role("button", name="Fold all", exact=True).click()
        assert visit.page.locator("article.c:visible").count() == 1
        visit.page.get_by_role("button", name="Unfold all").click()
        assert visit.page.locator("article.c").last.is_visible()


@pytest.fixture(scope="session")
def quiet(show):
    """Show a page, and say what makes a phone scroll sideways."""

    def looked_at(page):
        with show(page) as visit:
            return visit.too_wide(320)

    return looked_at


@settings(max_examples=8, phases=[Phase.generate])
@given(st.lists(threads(), min_size=1, max_size=12))
def test_whatever_the_threads_the_page_is_quiet_and_fits_a_phone(quiet, drawn):
    assert quiet(html(drawn)) == []


# -- without the script ----------------------------------------------------------------------------


@pytest.fixture
def talk():
    """1 with the replies 1.1 (with 1.1.1) and 1.2, and 2."""
    above = {"1": None, "1.1": "1", "1.1.1": "1.1", "1.2": "1", "2": None}
    said = [
        Comment(id, parent, Author(f"A{id}"), f"Says {id}.\n" * 9) for id, parent in above.items()
    ]
    return Thread(Article("Bridge", text="Closed."), said)


def ids(page):
    return page.locator("article.c").evaluate_all("all => all.map(each => each.id)")


def test_without_scripts_branches_fold_and_no_button_is_there_that_does_nothing(show, talk):
    with show(html(talk), java_script_enabled=False) as visit:
        page = visit.page
        assert page.locator("article.c:visible").count() == 5
        assert page.locator("button:visible").count() == 0
        page.locator("details.r > summary").first.click()
        assert page.locator("article.c:visible").count() == 2
        page.locator("details.r > summary").first.focus()
        page.keyboard.press("Enter")
        assert page.locator("article.c:visible").count() == 5


@pytest.mark.parametrize("shape", SHAPES)
def test_without_scripts_nothing_but_the_buttons_and_the_list_of_keys_is_hidden(show, shape):
    hidden = """() => [...document.body.querySelectorAll("*")]
      .filter(each => !each.checkVisibility() && !each.closest(".tools, dialog, script"))
      .map(each => each.outerHTML.slice(0, 200))"""
    with show(html(SHAPES[shape]()), java_script_enabled=False) as visit:
        assert visit.page.evaluate(hidden) == []


# -- addresses -------------------------------------------------------------------------------------


def in_view(visit, id):
    visit.settle()
    head = visit.page.locator(f"#{id} > header")
    return visit.comes(lambda: -1 <= head.bounding_box()["y"] < 800)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("shape", LARGE)
def test_an_address_that_somebody_was_sent_leads_to_its_comment(show, shape, scripts):
    with show(html(LARGE[shape]()), path="#c-1500", java_script_enabled=scripts) as visit:
        assert in_view(visit, "c-1500")


@pytest.mark.parametrize("shape", ["chain", "flat"])
def test_an_address_in_a_page_that_is_not_laid_out_at_once_is_reached(show, shape):
    parent = (lambda n: str(n - 1) if n else None) if shape == "chain" else lambda _: None
    comments = [Comment(str(n), parent(n), text="Me too. " * (n % 90)) for n in range(6_000)]
    with show(html(Thread(None, comments)), path="#c-4500") as visit:
        assert visit.page.locator("main.long").count() == 1
        visit.page.wait_for_timeout(1_000)
        assert in_view(visit, "c-4500")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_number_of_a_comment_is_its_address(show, scripts):
    with show(html(chain(200)), java_script_enabled=scripts) as visit:
        page = visit.page
        page.locator("article.c > header > a.l").nth(150).click()
        assert page.url.endswith("#c-150")
        assert in_view(visit, "c-150")
        page.reload()
        assert in_view(visit, "c-150")
        ground = "each => getComputedStyle(each).backgroundColor"
        marked = page.locator("#c-150 > header").evaluate(ground)
        assert marked != page.locator("#c-151 > header").evaluate(ground)


def test_an_address_in_a_folded_branch_opens_it(show, talk):
    with show(html(talk)) as visit:
        page = visit.page
        page.get_by_role("button", name="Fold all", exact=True).click()
        page.evaluate("id => { location.hash = id }", ids(page)[2])
        page.locator(f"[id='{ids(page)[2]}']").wait_for()
        assert page.locator("article.c:visible").count() == 5


def test_every_link_within_the_page_leads_to_a_place_in_it(show):
    with show(html([demo(), full(), placeholders(), right_to_left(), long_words()])) as visit:
        lost = """() => [...document.querySelectorAll("a[href^='#']")].map(a => a.getAttribute("href"))
          .filter(href => !document.getElementById(decodeURIComponent(href.slice(1))))"""
        assert visit.page.evaluate(lost) == []
        twice = """() => { const ids = [...document.querySelectorAll("[id]")].map(each => each.id);
          return ids.filter((id, n) => ids.indexOf(id) !== n) }"""
        assert visit.page.evaluate(twice) == []


# -- the policy ------------------------------------------------------------------------------------

INTRUDERS = {
    "a script": "<script>ran(1)</script>",
    "a handler": "<img src='data:,' onerror='ran(1)'>",
    "an address that is a script": "<a id=lure href='javascript:ran(1)'>x</a>",
    "a picture from elsewhere": "<img src='https://evil.example/a.png' alt=''>",
    "a style": "<style>main { display: none }</style>",
    "a style from elsewhere": "<link rel=stylesheet href='https://evil.example/a.css'>",
    "a frame": "<iframe src='https://evil.example/' title=x></iframe>",
    "a form": "<form id=lure action='https://evil.example/'></form>",
}


@pytest.mark.parametrize("intruder", INTRUDERS)
def test_the_policy_of_the_page_stops_what_should_never_have_come_into_it(show, intruder):
    page = html(demo()).replace("</main>", f"{INTRUDERS[intruder]}</main>")
    with show(page) as visit:
        visit.is_expected = True
        submit = "() => { const it = document.getElementById('lure'); it && (it.click(), it.dispatchEvent(new Event('submit'))) }"
        visit.page.evaluate(submit)
        if intruder == "a form":
            visit.page.evaluate(
                "() => { const b = document.createElement('button'); lure.append(b); b.click() }"
            )
        assert visit.tells("Content Security Policy"), visit.troubles
        assert not any("RAN" in each for each in visit.troubles)
        assert visit.page.locator("main").is_visible()
        assert visit.page.url.startswith("file:")
        assert not any("asks the network" in each for each in visit.troubles)


def test_the_policy_comes_before_all_that_it_is_about():
    page = html(demo())
    assert re.match(
        r'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy"',
        page,
    )
