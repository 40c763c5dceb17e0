"""The keys of a page of `discourse.render.html`, its buttons, and what is left of both on paper."""

import pytest

from discourse import Article, Author, Comment, Thread
from discourse.render import html

HERE = "() => document.activeElement.closest('article.c')?.id ?? null"
FOLDED = "() => document.querySelectorAll('details.r:not([open])').length"


@pytest.fixture
def talk():
    """1 with the replies 1.1 (with 1.1.1) and 1.2, and 2."""
    above = {"1": None, "1.1": "1", "1.1.1": "1.1", "1.2": "1", "2": None}
    said = [
        Comment(id, parent, Author(f"A{id}"), f"Says {id}.\n" * 9) for id, parent in above.items()
    ]
    return Thread(Article("Bridge", text="Closed."), said)


def chain(length):
    above = [None, *map(str, range(length - 1))]
    code = "<pre>" + "x = 1; " * 99 + "</pre><p><a href='https://example.org/'>out</a></p>"
    return Thread(
        None,
        [
            Comment(str(n), parent, Author(f"A{n}"), code, text_format="html")
            for n, parent in enumerate(above)
        ],
    )


def ids(page):
    return page.locator("article.c").evaluate_all("all => all.map(each => each.id)")


def press(page, keys):
    """Where each key leads, as numbers of comments."""
    places = {id: number for number, id in enumerate(ids(page), 1)}
    found = []
    for key in keys.split():
        page.keyboard.press(key)
        found.append(places.get(page.evaluate(HERE)))
    return found


def test_j_goes_on_and_k_goes_back_and_both_stop_at_the_ends(show, talk):
    with show(html(talk)) as visit:
        assert press(visit.page, "j j j j j j") == [1, 2, 3, 4, 5, 5]
        assert press(visit.page, "k k k k k") == [4, 3, 2, 1, 1]


def test_the_comment_that_a_key_leads_to_is_in_view(show):
    with show(html(chain(60))) as visit:
        press(visit.page, " ".join("j" * 50))
        box = visit.page.locator(":focus").bounding_box()
        assert 0 <= box["y"] < 800


def test_u_leads_to_the_comment_that_is_answered(show, talk):
    with show(html(talk)) as visit:
        assert press(visit.page, "j j j u u u") == [1, 2, 3, 2, 1, 1]


def test_the_arrows_fold_and_unfold_and_step_where_nothing_is_to_be_folded(show, talk):
    with show(html(talk)) as visit:
        assert press(visit.page, "j j ArrowLeft ArrowLeft ArrowLeft") == [1, 2, 2, 1, 1]
        assert visit.page.evaluate(FOLDED) == 2
        assert press(visit.page, "ArrowRight ArrowRight") == [1, 2]
        assert visit.page.evaluate(FOLDED) == 1


def test_enter_folds_and_what_is_folded_is_passed_over(show, talk):
    with show(html(talk)) as visit:
        assert press(visit.page, "j Enter j k Enter j") == [1, 1, 5, 1, 1, 2]


def test_enter_on_a_link_of_a_comment_follows_the_link(show, talk):
    with show(html(talk)) as visit:
        page = visit.page
        page.locator(f"[id='{ids(page)[1]}'] > header > a.p").focus()
        page.keyboard.press("Enter")
        assert page.url.endswith(f"#{ids(page)[0]}")
        assert page.evaluate(FOLDED) == 0


def test_the_buttons_fold_all_and_unfold_all(show, talk):
    with show(html(talk)) as visit:
        visit.page.get_by_role("button", name="Fold all", exact=True).click()
        assert visit.page.locator("article.c:visible").count() == 2
        visit.page.get_by_role("button", name="Unfold all").click()
        assert visit.page.locator("article.c:visible").count() == 5


def test_a_question_mark_opens_the_list_of_keys_and_the_page_behind_it_rests(show, talk):
    with show(html(talk)) as visit:
        visit.page.keyboard.press("?")
        dialog = visit.page.get_by_role("dialog", name="Keys")
        assert dialog.is_visible()
        assert visit.axe() == []
        assert press(visit.page, "j ArrowRight") == [None, None]
        visit.page.keyboard.press("Escape")
        assert not dialog.is_visible()
        visit.page.get_by_role("button", name="Keys").click()
        dialog.get_by_role("button", name="Close").click()
        assert not dialog.is_visible()


def test_keys_that_are_held_with_others_are_left_to_the_browser(show, talk):
    with show(html(talk)) as visit:
        assert press(visit.page, "Control+j Alt+j Meta+j") == [None, None, None]


def test_the_first_thing_that_is_reached_is_the_way_past_the_article(show, talk):
    with show(html(talk)) as visit:
        visit.page.keyboard.press("Tab")
        skip = visit.page.locator(":focus")
        assert skip.inner_text() == "Skip to the comments"
        assert skip.bounding_box()["x"] >= 0
        visit.page.keyboard.press("Enter")
        assert visit.page.url.endswith("#comments")
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("() => !!document.activeElement.closest('#comments')")


def test_every_step_of_the_keyboard_is_to_something_that_can_be_seen(show, talk):
    with show(html([talk, chain(20)])) as visit:
        page, steps = visit.page, 0
        while steps < 400:
            page.keyboard.press("Tab")
            steps += 1
            if page.evaluate("() => document.activeElement === document.body"):
                break
            seen = """() => { const at = document.activeElement, look = getComputedStyle(at);
              return at.checkVisibility() && look.outlineStyle !== "none" }"""
            assert page.evaluate(seen), page.evaluate("() => document.activeElement.outerHTML")
        assert 20 < steps < 400


# -- on paper --------------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_shows_all_that_is_folded_and_no_button(show, talk, scripts):
    page = html(talk)
    if not scripts:
        page = page.replace(" open>", ">")
    with show(page, java_script_enabled=scripts) as visit:
        if scripts:
            visit.page.get_by_role("button", name="Fold all", exact=True).click()
        visit.page.emulate_media(media="print")
        assert visit.page.locator("button:visible").count() == 0
        tall = "each => each.getBoundingClientRect().height > 20 && each.checkVisibility()"
        for text in visit.page.locator("article.c > .t").all():
            assert text.evaluate(tall)


def test_printing_leaves_the_page_as_folded_as_it_was(show, talk):
    with show(html(talk)) as visit:
        visit.page.get_by_role("button", name="Fold all", exact=True).click()
        before = visit.page.evaluate(FOLDED)
        assert len(visit.page.pdf()) > 1_000
        assert visit.page.evaluate(FOLDED) == before == 2
