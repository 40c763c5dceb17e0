"""The lead of an article: the sentences that themes for news print between title and text."""

from bisect import bisect_left

from ._declarations import Outside
from ._page_index import word_set

#: ``entry-excerpt`` is of the theme of netzpolitik.org, ``article-teaser`` of golfpost.de's,
#: ``lead`` of cicero.de's; the others are what newspapers call it.
_LEADS = word_set(
    """entry-excerpt post-excerpt article-excerpt single-excerpt entry-lead post-lead article-lead
    article__lead lead leadtext lead-text entry-teaser post-teaser article-teaser article__teaser
    entry-intro post-intro article-intro article__intro single-intro standfirst entry-standfirst
    article-standfirst dek article-dek vorspann chapeau"""
)
_LONGEST_TITLE = 1000  # characters of source
_LEAST = 40  # characters outside of links
_REPEATED = 60  # characters by which a text shows that it has the lead itself


def lead_of(outside: Outside, body: int, title: str | None, gaps: list[int]) -> str:
    """Return the source of an article's lead; the empty string where it has none.

    A lead is between the title and the element with the text, and its text is not in that again,
    as WordPress's own excerpts are. *gaps* are no part of it, in order.
    """
    page, tree, links = outside.page, outside.tree, outside.find("a")
    leads = [node for node in outside.find(classes=_LEADS) if tree.lasts[node] <= body]
    titles = [
        node
        for node in (outside.find("h1", "h2") if leads else ())
        if node < body and page.size(node) <= _LONGEST_TITLE and tree.string(node) == title
    ]
    if not titles:
        return ""
    gaps = [gap for gap in gaps if not page.is_in(titles[-1], gap)]  # a header is around both
    end, text, sources = tree.lasts[titles[-1]], tree.string(body), []
    for node in page.not_in(gaps, leads):
        if node < end:
            continue
        end = tree.lasts[node]
        inside = links[bisect_left(links, node) : bisect_left(links, end)]
        is_prose = len(tree.string(node, frozenset(inside))) >= _LEAST
        if is_prose and tree.string(node)[:_REPEATED] not in text:
            cut = gaps[bisect_left(gaps, node) : bisect_left(gaps, end)]
            tag = tree.text[tree.starts[node] : tree.opens[node]]
            end_tag = tree.text[tree.closes[node] : tree.ends[node]]
            sources.append(tag + page.source_without(node, cut) + end_tag)
    return "\n".join(sources)
