"""WordPress's export (WXR): the posts of a site with their comments, as one file of XML.

``parse`` reads it, ``stream`` reads a file of any size one thread at a time (so does
`discourse.stream`), ``serialize`` and ``serialize_all`` write what WordPress imports, ``as_held``
and ``holds`` tell what of a thread that keeps.

Each post is a thread, with or without comments. Attachments, menu items, revisions, templates and
other furniture (`FURNITURE`) are threads only where they carry comments.

=====================================  =========================================================
in the export                          in the model
=====================================  =========================================================
``wp:post_id``, ``link``, ``title``    `Article` ``id``, ``url``, ``title`` (as plain text)
``dc:creator``                         ``authors``: a login, by which the ``wp:author`` is found,
                                       who has an id and a display name
``content:encoded``                    ``text``, HTML
``wp:post_date_gmt``, ``pubDate``      ``created_at``
``wp:post_modified_gmt``               ``edited_at``
``category``                           ``tags``: the names; ``meta["category"]`` has all of them
channel ``title``, ``language``        ``site``, ``language``
``wp:status``, ``wp:post_type``, ...   ``meta``, by their names without ``wp:``; ``guid``; the
                                       excerpt
``wp:comment_id``, ``_parent``         `Comment` ``id``, ``parent_id``; 0 is the article
``wp:comment_author``, ``_url``        ``author.name`` (as plain text), ``url``; of a user, whose
                                       ``_user_id`` is the ``id``, the login is the name
``wp:comment_content``                 ``text``: HTML in which line breaks count, as stored
``wp:comment_date_gmt``                ``created_at``; ``meta["comment_date"]`` has the site's
                                       clock, where that differs
``wp:comment_approved``                ``status``: 1 visible, 0 pending, spam, trash removed;
                                       ``meta["comment_approved"]`` has all but 1
``wp:comment_type``                    ``tags``: pingback, trackback, and what plugins bring,
                                       which ``meta["comment_type"]`` has too
``wp:commentmeta``                     ``meta["commentmeta"]``
channel ``link``, ``base_blog_url``    ``Thread.meta``
=====================================  =========================================================

Left out: e-mail addresses and IP numbers, and whatever of ``commentmeta`` has one in it, unless
*contacts* is true (then in ``meta``); passwords; terms, and ``postmeta``. Menus and the like.

A time that only the site's clock tells stays in ``meta`` as ``created_at_local``, and *zone*
resolves it; zeros (``0000-00-00``) mean that it is not known.

Problem kinds: ``local-time``, ``bad-time``, ``unknown-status``, ``made-id`` (a comment had none),
``stray-comment`` (it stands in no post), ``truncated`` (the input ends inside a comment, which is
among the ``values``), those of reading XML that is not well-formed (`discourse._markup.xml`), and
those of `Thread.repair`. Ids count within a post: sites repeat them.
"""

from .._catalogue import catalogued
from ._export_reader import FURNITURE, NAME, parse, stream
from ._export_writer import serialize, serialize_all
from ._losses import LOSSES, as_held, holds

__all__ = [
    "FORMAT",
    "FURNITURE",
    "LOSSES",
    "as_held",
    "holds",
    "parse",
    "serialize",
    "serialize_all",
    "stream",
]


FORMAT = catalogued(
    NAME,
    parse=parse,
    serialize=serialize,
    serialize_all=serialize_all,
    stream=stream,
    holds=holds,
    losses=LOSSES,
)
