"""An article as HTML: headline, byline, body, captions, and who its authors are."""

from collections.abc import Iterator

from ...model import Article, Author
from .._wording import edited, figure, flat, name_of
from ._body_text import prose, text_of
from ._escaping import escape, language, link, moment_of, web


def title_of(article: Article | None) -> str:
    """Return the headline on one line, not escaped."""
    if article is None:
        return "A discussion"
    return flat(article.title or "") or "Untitled"


def article_of(article: Article | None, level: int) -> Iterator[str]:
    """Yield the HTML of an article, with a headline of a given level; for None, only a headline."""
    lang = language(article.language) if article is not None else ""
    yield '<article class="story">\n'
    yield f'<h{level}{lang} dir="auto">{escape(title_of(article))}</h{level}>\n'
    if article is not None:
        facts = list(_facts(article))
        if facts:
            yield f'<p class="facts">{" ".join(facts)}</p>\n'
        if article.text is not None:
            yield '<details class="body" open><summary>Article</summary>\n'
            yield text_of(article)
            yield "\n</details>\n"
        yield from _captions(article)
        yield from _bios(article)
    yield "</article>\n"


def _facts(article: Article) -> Iterator[str]:
    """Yield what is known about the article, except its text."""
    names = [_name(author) for author in article.authors]
    if names:
        yield f'<span class="by">by {", ".join(names)}</span>'
    if article.site:
        yield f'<span dir="auto">{escape(flat(article.site))}</span>'
    if article.created_at is not None:
        yield moment_of(article.created_at)
    if change := edited(article):
        yield f"<span>{change}</span>"
    if article.score is not None:
        yield f"<span>score {figure(article.score)}</span>"
    yield from (f'<span class="g" dir="auto">{escape(tag)}</span>' for tag in sorted(article.tags))
    if address := web(article.url):
        yield link(address, "original")


def _name(author: Author) -> str:
    shown = f"<bdi>{escape(name_of(author) or 'unknown author')}</bdi>"
    address = web(author.url)
    return shown if address is None else link(address, shown)


def _captions(article: Article) -> Iterator[str]:
    if article.captions:
        lang = language(article.language)
        yield f'<ul class="captions" aria-label="Captions of the pictures"{lang}>\n'
        yield from (f'<li dir="auto">{escape(caption)}</li>\n' for caption in article.captions)
        yield "</ul>\n"


def _bios(article: Article) -> Iterator[str]:
    bios = [author.bio for author in article.authors if author.bio]
    if bios:
        yield f'<div class="bios plain"{language(article.language)} dir="auto">\n'
        yield from ("".join(prose(bio)) + "\n" for bio in bios)
        yield "</div>\n"
