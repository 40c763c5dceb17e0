"""Entries with replies in microformats: pages of the IndieWeb, and the output of parsers.

Reads pages with ``h-entry``, ``h-cite`` and ``h-feed``, and their classic forms ``hentry`` and
``hfeed``; JSON from microformats parsers; and JF2 from webmention.io. An entry that is not a reply
is an article, and each conversation is a thread. A reply is often a page of its own: read all the
pages together.

=====================================  ===========================================================
in the source                          in the model
=====================================  ===========================================================
``h-entry`` and the like               `Article`; a `Comment` if it is a reply or among the comments
                                       of another
``u-uid``, ``u-url``                   ``id``: the first of them. Without either, ``n1`` for the
                                       first entry, and so on (``no-id``)
``u-in-reply-to``                      ``parent_id``: of several, the last one that is present, else
                                       the first
``u-comment``, ``p-comment``           ``parent_id``; an address on its own is a `Stub` (``more``)
``hentry`` inside another, or with     the same, in classic markup
the class ``comment``
``wm-target``                          the article of a webmention
``e-content``, ``p-summary``           ``text``, without the comments in it
``p-name``                             ``title``, unless the text begins with it
``p-author``, ``h-card``               ``author``, ``authors``: ``nickname`` or ``name``, ``url``,
                                       ``photo``, ``note``, ``uid``
``dt-published``, ``dt-updated``       ``created_at``, ``edited_at``; ``zone=`` resolves times
                                       without a zone
``p-category``                         ``tags``
other properties                       ``meta``
=====================================  ===========================================================

Likes and reposts have no text of their own; a problem (``reactions``) counts them.

Lost: microformats other than entries, and anything else in a page.

Problems: ``no-id``, ``stray-comment`` (comments outside any entry), ``several-texts`` (in one
entry), ``not-recognised`` (posts in a post that are not replies to it), ``local-time``,
``reactions``, ``bad-value``, and those of JSON and of `Thread.repair`.

Reading order: `_page_items` (pages to JSON), `_entries`.
"""

from .._catalogue import catalogued
from .._kit import answering_article
from ._entries import NAME, parse

__all__ = ["FORMAT", "NAME", "parse"]

FORMAT = catalogued(NAME, parse=parse, settle=answering_article)
