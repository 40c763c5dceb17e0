"""A page of a WordPress site as a browser got it: the article, and the comments that are in it.

It reads classic and block themes of all ages, broken ones too, and the lists of the plugin
wpDiscuz, with nothing but the standard library; nothing in a page is run or fetched.

Reading order: `_page_index` (the elements of a page by class and id), `_comment_finder` (which of
them are comments), `_comment_text`, `_comment_author`, `_comment_dates`, `_comment_fields`;
`_clock` and `_page_times` for times; `_declarations`, `_headline`, `_byline`, `_article_dates`,
`_article_body`, `_article_lead`, `_article_fields` for the article; `_wordpress_page` joins them.

=========================================  ========================================================
in the page                                in the model
=========================================  ========================================================
``id="comment-7"`` (also ``li-``,          ``Comment.id``: ``7``. Without it, the number in reply
``div-comment-7``, ``wpd-comm-7_3``)       links and permalinks; else ``n1`` for the first comment
                                           of the page, and so on, with a problem (``no-id``)
``depth-2``                                ``Comment.parent_id``: the last comment above of a depth
                                           less. Nesting counts only where no depth is printed,
                                           since themes close elements too late, or never
``wpd-comm-7_3``                           ``Comment.parent_id``: ``3``, and 0 for the article
author's name                              ``Author.name``. "Anonymous", which means no name,
                                           goes to ``Comment.meta["author"]``
``comment-author-ann`` (a user's name      ``Author.id``; guests have none
in addresses), ``/author/ann/``
link of the name, avatar                   ``Author.url``, ``Author.avatar_url``; of a picture that
                                           is loaded late, the address of the picture itself
content element                            ``Comment.text``, HTML as it is in the source, without
                                           reply links, like buttons and notices. Without such an
                                           element, what is left of the comment when names, dates
                                           and links are taken out. A pingback mostly has none: None
``<time datetime="...">``                  ``Comment.created_at``, see below
date as text                               ``Comment.created_at`` where the zone is known, else
                                           ``meta["created_at_local"]``; and ``meta["date"]``, as
                                           printed
permalink                                  ``Comment.url``
"awaiting moderation"                      ``Comment.status``: pending
``pingback``, ``trackback``                ``Comment.tags``: the same. Without these classes, a
                                           text such as ``[…] the mill […]`` is a pingback's
``bypostauthor``                           ``Comment.tags``: ``by-author``
votes of wpDiscuz                          ``Comment.score``
title, byline, text, date                  `Article`: what readers see; where that is not found,
                                           what Open Graph, JSON-LD and ``meta`` tags say
``link rel="canonical"``                   ``Article.url``, without the number of the page of
                                           comments
``postid-9``                               ``Article.id``: ``9``
"12 thoughts on", ``commentCount``         ``Article.comment_count``
links to other pages of comments           a `Stub` (``cursor``); a button for more, one (``more``)
WordPress version in ``generator``         ``Source.version``
=========================================  ========================================================

**Times.** Before version 5.3, WordPress printed its own time of day with ``+00:00`` behind it.
Where the page's version is older or unknown, an offset of zero is believed only if another time of
a comment has one that is not zero, or if a printed time beside it differs. What is not believed
stays in ``meta["datetime"]``. Printed dates are read in the language of the page, in any format;
whether days or months come first is settled by other dates of the page, machine times beside them,
``day_first=`` or the country of the language. A local time becomes ``created_at`` by ``zone=``, or
by the zone that the page tells; else it is ``meta["created_at_local"]``. "3 days ago" needs
``captured_at=``. A year before 1970 or after 2399 is of another calendar, and is not read.

**Depth.** A site has a greatest depth, mostly 5, below which WordPress prints replies as siblings
of what they answer: their true parents are not in the page. Where only the deepest comments have no
reply link, that is likely, and their ids are in ``Reading.inferred``; so are those of comments
whose parent is known from nesting alone.

**What is of the article.** Its text begins with the lead, where the theme prints one between title
and text. The reader skips lists of the newest comments of all articles, which are in sidebars, and
buttons to share or to buy, scripts, votes, related posts and boxes about the author in the text. A
page that lists articles, as a blog's first page does, has no text and no id of one.

Problems: ``local-time``, ``no-time-of-day``, ``relative-date``, ``ambiguous-date``, ``unread-date``
(one of each for a page), ``count-differs`` (the page claims another number than are in it, with or
without pings, and no other pages), ``missing-level`` (a depth was left out: the parent is the
nearest above), ``no-id``, ``truncated`` (the source ends before the end of the page, or, in a list
of comments alone, inside a comment, an element or a tag), ``maybe-comments`` (``values`` has text
from among the comments that is in none of them, as where a tag is missing), ``cut-text`` (long
comments of which wpDiscuz loads the rest on demand: the text ends in an ellipsis), ``bad-json-ld``,
and those of `Thread.repair`, as where a page has the same comment twice.

Lost: comments on other pages and those that are loaded by a script, likes of Jetpack, ratings, and
all of the page that is neither article nor comment.
"""

from .._catalogue import catalogued
from ._wordpress_page import NAME, parse, settle

__all__ = ["FORMAT", "NAME", "parse"]

FORMAT = catalogued(NAME, parse=parse, settle=settle)
