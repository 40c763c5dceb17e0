"""Talk pages of Wikipedia, and of any other wiki that MediaWiki runs.

Four kinds of input are read, each with many pages or one:

- answers of the API: ``action=discussiontoolspageinfo&prop=threaditemshtml``, ``action=query`` with
  ``prop=revisions&rvprop=content|timestamp``, ``action=parse``, and the REST API's ``page/TITLE``;
- a page in HTML, saved from a browser or given by Parsoid, with the marks of the extension
  DiscussionTools or without;
- wikitext, as "edit" shows it;
- a dump or an export in XML: the latest revision of each page, streamed page by page.

Wikitext has no comments, only signatures. The reader finds them as DiscussionTools does: a time
behind a link to a user's page signs all from the last signed line to the end of its own, and how
many lists that is in says what it answers. So all four kinds of one page give the same ids.

Reading order: `_sources`, `_answers` and `_dumps` (which input it is), `_page_reader` (one page),
`_wikitext` and `_unmarked_html` (the lines of a page), `_timestamps` and `_user_names` (what a
signature is), `_signed_lines` (lines to comments), `_talk_page` (comments to ids and parents);
`_marked_html` and `_thread_items` for what DiscussionTools has parsed; `_page_threads` (all of it
to threads).

=====================================  ===========================================================
in the page                            in the model
=====================================  ===========================================================
heading                                `Article` ``title``, ``url``; the ``id`` is that of
                                       DiscussionTools, ``h-Mills-20240301120000``. A thread for
                                       each, of whatever level
level of the heading, the section      ``Article.meta``: ``headingLevel``, ``parent``
that it is a part of
text of a section nobody has signed    ``Article.text``
title of the page                      ``Article.site``
id and revision of the page            ``Thread.meta``, with the keys of the source
signed text                            a `Comment`. ``text`` is HTML or wikitext with the signature,
                                       without the indentation that all its lines share
id                                     ``id``: ``c-Ada-20240301120000-Mills``, with the user, the
                                       time and what is answered, the last in the same way or as
                                       the heading. Times before 2022-07-12 are
                                       ``2020-03-01T12:00:00.000Z``
indentation                            ``parent_id``: the last comment above that is in fewer lists
link to the user's page, to the talk   ``Author.name``; ``Author.display_name`` where the link to
page or to the contributions           the user's page shows another name
time                                   ``created_at``. A zone is known where only one has its name
                                       (UTC, CEST); other times stay in ``meta["timestamp"]``, and
                                       ``zone=`` resolves them
``{{unsigned|Ada|12:00, 1 May ...}}``  a signature
``{{outdent}}``                        the end of a line: what follows answers the heading
``commentCount`` in answers of the     ``Article.comment_count``, of sections without others inside
API
``transcludedfrom``                    not read
other keys of items                    ``meta``
=====================================  ===========================================================

Lost: text that no comment and no section without comments has (banners before the first heading,
text behind the last signature of a section) is in a problem, ``unsigned-text``. Of several
signatures in one line or paragraph the first counts. Older revisions are not read. What templates
show is not known from wikitext: a page in HTML has it.

Names of months, of namespaces and of the page of contributions are known in some sixty languages,
and those of the wiki itself from a dump. Times are of the years from 2000.

Problems: ``unsigned-text``, ``local-time``, ``not-talk`` (pages of a dump that are no talk pages
and have no signed comment), ``no-text``, ``no-id``, ``duplicate``, ``not-recognised``,
``error-object``, ``more-pages`` (the answer goes on), those of JSON, of XML and of `Thread.repair`.
"""

from .._catalogue import catalogued
from ._page_reader import NAME
from ._sources import parse, stream

__all__ = ["FORMAT", "NAME", "parse", "stream"]

FORMAT = catalogued(NAME, parse=parse, stream=stream)
