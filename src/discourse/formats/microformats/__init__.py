"""Entries with replies in microformats: pages of the IndieWeb, and what parsers make of them.

Reads pages with ``h-entry``, ``h-cite`` and ``h-feed``, and their classic forms ``hentry`` and
``hfeed``; the JSON that parsers of microformats make of pages; and the JF2 that webmention.io
answers. An entry that answers nothing is an article, and each conversation is a thread. A reply
often is a page of its own: read all pages at once.

=====================================  ===========================================================
in the source                          in the model
=====================================  ===========================================================
``h-entry`` and the like               `Article`; a `Comment` where it answers something, or is
                                       among the comments of another
``u-uid``, ``u-url``                   ``id``: the first of them. Without both, ``n1`` for the
                                       first entry, and so on (``no-id``)
``u-in-reply-to``                      ``parent_id``: of several, the last one that is here, else
                                       the first
``u-comment``, ``p-comment``           ``parent_id``; an address alone is a `Stub` (``more``)
``hentry`` inside another, or with     the same, in classic markup
the class ``comment``
``wm-target``                          the article of a webmention
``e-content``, ``p-summary``           ``text``, without the comments in it
``p-name``                             ``title``, unless the text begins with it
``p-author``, ``h-card``               ``author``, ``authors``: ``nickname`` or ``name``, ``url``,
                                       ``photo``, ``note``, ``uid``
``dt-published``, ``dt-updated``       ``created_at``, ``edited_at``. Without a zone it is not
                                       known, unless ``zone=`` says it
``p-category``                         ``tags``
other properties                       ``meta``
=====================================  ===========================================================

Likes and reposts say nothing, and are counted in a problem (``reactions``).

Lost: microformats that are no entries, and, in a page, all else.

Problems: ``no-id``, ``stray-comment`` (comments that are in no entry), ``several-texts`` (of an
entry), ``not-recognised`` (posts in a post that do not answer it), ``local-time``, ``reactions``,
``bad-value``, and those of JSON and of `Thread.repair`.

Reading order: `_page_items` (pages to JSON), `_entries`.
"""

from .._catalogue import catalogued
from .._kit import answering_article
from ._entries import NAME, parse

__all__ = ["FORMAT", "NAME", "parse"]

FORMAT = catalogued(NAME, parse=parse, settle=answering_article)
