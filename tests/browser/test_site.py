"""The built documentation, page by page, as a reader meets it."""

import os
from pathlib import Path

import pytest

WHERE = os.environ.get("DISCOURSE_SITE", "")
PAGES = sorted(path.relative_to(WHERE).as_posix() for path in Path(WHERE).rglob("*.html") if WHERE)
SEARCH = "search.html"
HOME = "index.html"


@pytest.fixture(scope="session")
def reader(visits, site):
    """One who goes from page to page, which is faster than somebody new for each."""
    with visits(site, path=f"/{HOME}") as visit:
        yield visit


@pytest.mark.parametrize("path", PAGES or [HOME])
def test_a_page_is_quiet_and_can_be_read_by_all_in_the_dark_and_on_a_phone(reader, site, path):
    reader.troubles.clear()
    reader.go(f"{site}/{path}")
    assert reader.faults() == []
    assert reader.settle() == []


def test_a_word_is_found(visits, site):
    with visits(site, path=f"/{HOME}") as visit:
        visit.page.get_by_placeholder("Search").first.fill("placeholder")
        visit.page.keyboard.press("Enter")
        summary = visit.page.locator("#search-results .search-summary")
        summary.filter(has_text="found").wait_for()
        first = visit.page.locator("#search-results li a").first
        first.click()
        visit.page.wait_for_load_state()
        assert "placeholder" in visit.page.locator("article").inner_text().lower()


def test_nonsense_is_not_found_and_that_is_said(visits, site):
    with visits(site, path=f"/{SEARCH}?q=xyzzyqqq") as visit:
        summary = visit.page.locator("#search-results .search-summary")
        summary.filter(has_text="did not match any documents").wait_for()


@pytest.mark.parametrize("query", ["<img src=x onerror=alert(1)>", "\"'><script>alert(1)</script>"])
def test_a_search_runs_nothing_of_what_is_looked_for(visits, site, query):
    with visits(site, path=f"/{SEARCH}") as visit:
        visit.page.goto(
            f"{site}/{SEARCH}?"
            + visit.page.evaluate("query => new URLSearchParams({ q: query }).toString()", query)
        )
        visit.page.locator("#search-results .search-summary").wait_for()
        assert visit.settle() == []


def test_an_example_is_copied_without_its_prompts(visits, site):
    page_of_examples = "how-to/repair.html"
    rights = ["clipboard-read", "clipboard-write"]
    with visits(site, path=f"/{page_of_examples}", permissions=rights) as visit:
        blocks = visit.page.locator("div.highlight")
        assert visit.page.locator("button.copybtn").count() == blocks.count() > 0
        with_prompt = blocks.filter(has_text=">>>").first
        with_prompt.hover()
        with_prompt.locator("button.copybtn").click()
        copied = visit.page.evaluate("() => navigator.clipboard.readText()")
        assert ">>>" not in copied
        first = copied.splitlines()[0]
        assert f">>> {first}" in with_prompt.inner_text()


def test_the_switch_goes_from_light_to_dark_and_is_remembered(visits, site):
    ground = "() => getComputedStyle(document.body).backgroundColor"
    with visits(site, path=f"/{HOME}") as visit:
        page = visit.page
        seen = {page.locator("body").get_attribute("data-theme"): page.evaluate(ground)}
        for _ in range(2):
            page.locator(".theme-toggle:visible").first.click()
            seen[page.locator("body").get_attribute("data-theme")] = page.evaluate(ground)
        assert set(seen) == {"auto", "light", "dark"}
        assert seen["light"] == seen["auto"] != seen["dark"]
        left_with = page.locator("body").get_attribute("data-theme")
        page.goto(f"{site}/glossary.html")
        assert page.locator("body").get_attribute("data-theme") == left_with


def test_a_keyboard_reaches_the_text_at_once_and_sees_where_it_is(visits, site):
    with visits(site, path=f"/{HOME}") as visit:
        page = visit.page
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert "skip" in focused.inner_text().lower()
        assert focused.bounding_box()["x"] >= 0
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("() => !!document.activeElement.closest('#furo-main-content')")
        outline = "() => getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(outline) != "none"


def test_every_step_of_the_keyboard_is_to_something_that_can_be_seen(visits, site):
    with visits(site, path=f"/{HOME}") as visit:
        page, steps = visit.page, 0
        while steps < 200:
            page.keyboard.press("Tab")
            steps += 1
            if page.evaluate("() => document.activeElement === document.body"):
                break
            box = page.locator(":focus").bounding_box()
            assert box is not None, page.evaluate("() => document.activeElement.outerHTML")
        assert 20 < steps < 200


def test_a_phone_opens_and_closes_the_menu(visits, site):
    with visits(site, path=f"/{HOME}", width=360) as visit:
        menu = visit.page.locator(".sidebar-tree").first
        assert not in_view(menu)
        visit.page.locator("label[for=__navigation]:visible").first.click()
        assert visit.comes(lambda: is_open(menu))
        visit.page.mouse.click(350, 400)
        assert visit.comes(lambda: not in_view(menu))


def in_view(locator):
    box = locator.bounding_box()
    return box is not None and box["x"] + box["width"] > 1


def is_open(locator):
    return locator.bounding_box()["x"] >= 0


def test_an_address_that_leads_nowhere_shows_the_way_back_at_any_depth(visits, site):
    with visits(site, path=f"/{HOME}") as visit:
        answer = visit.page.goto(f"{site}/no/such/page.html")
        assert answer.status == 404
        # The browser says the address of the page itself; a style or script would be a second.
        assert [each for each in visit.settle() if "404" not in each] == []
        assert len(visit.troubles) <= 1
        visit.troubles.clear()
        visit.page.locator("article a:not(.headerlink)").first.click()
        visit.page.wait_for_load_state()
        assert visit.page.url.startswith(f"{site}/index.html")
