"""Plain text that an extractor of main content made of a page: an article and its comments.

Bulk corpora are full of such texts, for instance of resiliparse's
``extract_plain_text(html, main_content=True)``. What is left of a page with comments looks so::

    A bridge for the mill

    The town will build a bridge.

    2 Comments

      1. At last!

        • Who pays?

The Markdown of html2text is read too, and so is what trafilatura writes as JSON, XML and TEI: an
article with all that it says, and the paragraphs of comments in a problem (``maybe-comments``).

``parse`` reads it, ``serialize`` writes it, ``holds`` tells what of a thread the text cannot hold.

====================  =======================================================================
in the text           in the model
====================  =======================================================================
first line            ``Article.title``, where it has no full stop; or the line that the heading
                      of the comments quotes ("3 thoughts on “A bridge for the mill”")
paragraphs            ``Article.text``, without the parts below; its lists keep their indentation
paragraph with a      ``Article.captions``, in order; where in the text it stood is lost
credit at its end
name and biography    ``Article.authors``, ``Author.bio``; "By Ann Smith" near the top
at the end            a line such as "About the author" stays in ``Author.meta["above"]``
"2 Comments"          ``Article.comment_count``
item of the list      ``Comment``; one line break is a line break, a blank line a paragraph
its place             ``Comment.id``: ``7``, the second reply to it ``7.2``, and so on, which
                      ``Thread.source`` says. Printed numbers are not ids: extractors count anew,
                      some with what they dropped
its indentation       ``Comment.parent_id``; a guess, so the ids of all replies are in
                      ``Reading.inferred``
"Pingback: ..."       ``Comment.tags`` has ``pingback``; the text stays whole
"Reply" below it      ``Comment.meta["labels"]``, the lines as they are
"Ann says:" above it  part of ``Comment.text``; with ``heads=True`` ``Comment.author``, and a date
                      below it ``Comment.meta["date"]``, as it is
heading, form text,   ``Thread.meta["furniture"]``: the lines ``before`` the comments and ``after``
notices               them. The headings "Comments" and "2 Comments" say no more than the model
                      and are not kept there
====================  =======================================================================

Every line that can be seen is in one of these places or in a `Problem`:

``ambiguous-list``
    a list at the end of a comment may be replies or text; the message says for which it is taken
``count-differs``
    the page claims another number of comments than were found
``gap``
    numbers are left out; ``values`` has them
``lost-marker``, ``missing-level``, ``orphan-reply``
    a comment without its number, or without the comment it answers; text below the reply link of a
    comment, or indented more than the comment, as where another has lost its number
``maybe-comments``
    ``values`` has lines that may be comments without a list to tell one from the next
``maybe-not-comments``
    nothing but its shape, items with items in them, says that the list is comments
``no-comments``
    no list of comments was found, and the page does not say that it has none ("0 Comments", or
    "Comments" as its last line, which `serialize` writes)
``text-after-comments``
    ``values`` has lines below the comments that are not known to be furniture
``tree-lost``
    nothing is indented: all comments are top-level
``truncated``
    the text ends in space or in a bare list mark; a text that is cut elsewhere does not show it

Lost before any reading: authors, dates, ids, links, scores, and every comment that the extractor
took for something else. Where it dropped a comment and kept the reply, the reply is printed below
the comment before, and nothing shows that its parent is another.
"""

from .._catalogue import catalogued
from ._page_text import SOURCE, parse
from ._page_writer import holds, serialize

__all__ = ["FORMAT", "LOSSES", "SOURCE", "holds", "parse", "serialize"]

LOSSES: tuple[str, ...] = (
    "ids other than positions",
    "authors of comments (but for their names, with heads=True), and all but one of the article",
    "times, status, scores, titles, links, languages, tags and meta of comments and article",
    "the format of a text: it is written as it is, whatever it is",
    "the places of captions in the text of the article",
    "stubs, and the source",
    "lines that look like a list, a heading or a reply link inside a text",
)
"""What `serialize` cannot write; `holds` tells which of it concerns a thread."""

FORMAT = catalogued("pagetext", parse=parse, serialize=serialize, holds=holds, losses=LOSSES)
