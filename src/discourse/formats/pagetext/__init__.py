"""Plain text of a page, as main-content extractors write it: an article and its comments.

Bulk corpora consist of such texts, for example from resiliparse's
``extract_plain_text(html, main_content=True)``. A page with comments becomes:

    A bridge for the mill

    The town will build a bridge.

    2 Comments

      1. At last!

        • Who pays?

The Markdown of html2text is read too. So are JSON, XML and TEI by trafilatura: an article with all
its fields, and a problem (``maybe-comments``) with the paragraphs of the comments.

``parse`` reads a text, ``serialize`` writes one, and ``holds`` reports what it cannot represent.

====================  =======================================================================
in the text           in the model
====================  =======================================================================
first line            ``Article.title``, if it has no full stop; or the title that the heading of
                      the comments quotes ("3 thoughts on “A bridge for the mill”")
paragraphs            ``Article.text``, without the parts below; its lists keep their indentation
paragraph with a      ``Article.captions``, in order; their places in the text are lost
credit at its end
name and biography    ``Article.authors``, ``Author.bio``; "By Ann Smith" near the top
at the end            a line such as "About the author" stays in ``Author.meta["above"]``
"2 Comments"          ``Article.comment_count``
item of the list      ``Comment``; a line break stays one, and a blank line ends a paragraph
its position          ``Comment.id``: ``7``, its second reply ``7.2``, and so on;
                      ``Thread.source`` records this. Printed numbers are not ids: extractors
                      renumber comments, and some count those they dropped
its indentation       ``Comment.parent_id``; a guess, so the ids of all replies are in
                      ``Reading.inferred``
"Pingback: ..."       ``Comment.tags`` has ``pingback``; the text is complete
"Reply" below it      ``Comment.meta["labels"]``, the lines verbatim
"Ann says:" above it  part of ``Comment.text``; with ``heads=True`` ``Comment.author``, and a date
                      below it ``Comment.meta["date"]``, verbatim
heading, form text,   ``Thread.meta["furniture"]``: the lines ``before`` the comments and ``after``
notices               them. The headings "Comments" and "2 Comments" add nothing to the model and
                      are not stored there
====================  =======================================================================

Every visible line is in one of these places or in a `Problem`:

``ambiguous-list``
    a list at the end of a comment may be replies or text; the message names the choice
``count-differs``
    the page claims a different number of comments
``gap``
    numbers are missing; ``values`` has them
``lost-marker``, ``missing-level``, ``orphan-reply``
    a comment without its number, or without its parent; text below the reply link of a comment, or
    indented more than the comment, which may be another comment that lost its number
``maybe-comments``
    ``values`` has lines that may be comments, without a list to separate them
``maybe-not-comments``
    the list was recognised as comments only by its shape, nested items
``no-comments``
    no list of comments was found, and the page does not say that there are none ("0 Comments", or
    "Comments" as its last line, which `serialize` writes)
``text-after-comments``
    ``values`` has lines below the comments that are not known furniture
``tree-lost``
    nothing is indented: all comments are top-level
``truncated``
    the text ends with a space or a bare list marker; other cuts leave no sign

The extractor has already lost authors, dates, ids, links, scores, and every comment it did not
recognise. If it dropped a comment but not the reply to it, the reply is below the previous comment,
and nothing shows that its parent is another.
"""

from .._catalogue import catalogued
from ._page_text import SOURCE, parse
from ._page_writer import holds, serialize

__all__ = ["FORMAT", "LOSSES", "SOURCE", "holds", "parse", "serialize"]

LOSSES: tuple[str, ...] = (
    "ids other than positions",
    "authors of comments (but for their names, with heads=True), and all but one of the article",
    "times, status, scores, titles, links, languages, tags and meta of comments and article",
    "the format of a text: any text is written verbatim",
    "the places of captions in the text of the article",
    "stubs, and the source",
    "lines that look like a list, a heading or a reply link inside a text",
)
"""What `serialize` cannot write; `holds` returns what applies to a thread."""

FORMAT = catalogued("pagetext", parse=parse, serialize=serialize, holds=holds, losses=LOSSES)
