"""Pictures of threads, opened by themselves and inside a page."""

import datetime as dt

import pytest

from discourse import Article, Author, Comment, Status, Thread
from discourse.render import svg, timeline

DRAWN = {
    "tree": lambda thread: svg(thread),
    "tree without labels": lambda thread: svg(thread, labels=False),
    "radial": lambda thread: svg(thread, layout="radial"),
    "radial without labels": lambda thread: svg(thread, layout="radial", labels=False),
    "timeline": lambda thread: timeline(thread),
}

BEGAN = dt.datetime(2024, 3, 1, 9, tzinfo=dt.UTC)


def talk():
    """Forty comments of six people and some unknown ones, over two days."""
    people = [Author(name) for name in ("Ada", "Bo", "Cy", "Dag", "Eve", "Donaudampfschiff" * 5)]
    said = [
        Comment(
            str(n), None if n % 5 == 0 else str(n * 2 // 3), people[n * n % 7 % 6] if n % 9 else None,
            f"Number {n} has something to say \u0633\u0644\u0627\u0645 about the bridge.",
            created_at=BEGAN + dt.timedelta(minutes=n * n * 2),
        )
        for n in range(40)
    ]  # fmt: skip
    return Thread(Article("A bridge is closed, and everybody knows better"), said)


def placeholders():
    missing = Comment("lost", status=Status.MISSING)
    return Thread(None, [missing, Comment("kept", "lost", Author("Ada"), "Still here.")])


SHAPES = {
    "a talk": talk,
    "placeholders": placeholders,
    "nothing": lambda: Thread(),
    "one comment": lambda: Thread(
        None, [Comment("1", None, Author("Ada"), "Hm.", created_at=BEGAN)]
    ),
    "a chain": lambda: Thread(
        None, [Comment(str(n), str(n - 1) if n else None) for n in range(500)]
    ),
    "a fan": lambda: Thread(None, [Comment(str(n), text="Me too.") for n in range(500)]),
}

#: Words that stand outside the picture, and words that are hard to tell from what is behind them.
HARD_TO_READ = """() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(each => each / 255)
      .map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const picture = document.querySelector("svg"), all = picture.getBoundingClientRect(), found = [];
  for (const each of picture.querySelectorAll("text")) {
    const box = each.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    // Words with a stroke are the halo of others.
    if (!each.textContent.trim() || each.getAttribute("stroke")) continue;
    if (box.left < all.left - 1 || box.right > all.right + 1
        || box.top < all.top - 1 || box.bottom > all.bottom + 1)
      found.push(`outside: ${each.outerHTML.slice(0, 150)}`);
    scrollTo(x - 200, y - 200);
    const now = each.getBoundingClientRect();
    const behind = document.elementsFromPoint(now.x + now.width / 2, now.y + now.height / 2)
      .find(other => other.localName === "rect" && getComputedStyle(other).fill !== "none");
    scrollTo(0, 0);
    if (!behind) { found.push(`nothing behind: ${each.outerHTML.slice(0, 150)}`); continue; }
    const two = [each, behind].map(one => light(getComputedStyle(one).fill));
    const contrast = Math.max(...two) / Math.min(...two);
    if (contrast < 4.5) found.push(`${contrast.toFixed(1)}: ${each.outerHTML.slice(0, 150)}`);
  }
  return found;
}"""


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("drawn", DRAWN)
def test_a_picture_is_quiet_and_its_words_can_be_read_by_day_and_by_night(show, drawn, shape):
    with show(DRAWN[drawn](SHAPES[shape]()), suffix="svg") as visit:
        for scheme in ("light", "dark"):
            visit.page.emulate_media(color_scheme=scheme)
            assert visit.page.evaluate(HARD_TO_READ) == []


@pytest.mark.parametrize("drawn", DRAWN)
def test_a_picture_has_another_ground_by_night(show, drawn):
    ground = "() => getComputedStyle(document.querySelector('rect')).fill"
    with show(DRAWN[drawn](talk()), suffix="svg") as visit:
        by_day = visit.page.evaluate(ground)
        visit.page.emulate_media(color_scheme="dark")
        assert visit.page.evaluate(ground) != by_day


@pytest.mark.parametrize("drawn", DRAWN)
def test_a_picture_in_a_page_has_a_name_and_breaks_no_rule(show, drawn):
    style = "<style>body { background: Canvas; color-scheme: light dark } svg { max-width: 100%; height: auto }</style>"
    head = f"<!DOCTYPE html><html lang=en><meta name=viewport content='width=device-width'><title>x</title>{style}"
    page = f"{head}<main><h1>x</h1>{DRAWN[drawn](talk())}</main>"
    with show(page) as visit:
        picture = visit.page.get_by_role("img", name="A bridge is closed", exact=False)
        assert picture.count() == 1
        assert visit.faults() == []


def test_the_pictures_of_one_thread_can_stand_in_one_page(show):
    pictures = [svg(talk()), timeline(talk())]
    with show(
        f"<!DOCTYPE html><html lang=en><title>x</title><main>{''.join(pictures)}</main>"
    ) as visit:
        repeated = """() => { const ids = [...document.querySelectorAll("[id]")].map(each => each.id);
          return ids.filter((id, n) => ids.indexOf(id) !== n) }"""
        assert visit.page.evaluate(repeated) == []
        names = visit.page.get_by_role("img").evaluate_all(
            "all => all.map(e => e.ariaLabelledByElements?.[0].textContent)"
        )
        assert len(set(names)) == 2
