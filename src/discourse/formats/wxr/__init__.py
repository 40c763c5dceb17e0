"""WordPress exports (WXR): the posts of a site with their comments, in one XML file.

``parse`` reads an export. ``stream`` and `discourse.stream` read a file of any size one thread at a
time. ``serialize`` and ``serialize_all`` write an export that WordPress imports. ``as_held`` and
``holds`` show what an export keeps of a thread.

Each post is a thread, with or without comments. Attachments, menu items, revisions, templates and
other furniture (`FURNITURE`) are threads only if they have comments.

=====================================  =========================================================
in the export                          in the model
=====================================  =========================================================
``wp:post_id``, ``link``, ``title``    `Article` ``id``, ``url``, ``title`` (as plain text)
``dc:creator``                         ``authors``: the login; id and display name are from its
                                       ``wp:author``
``content:encoded``                    ``text``, HTML
``wp:post_date_gmt``, ``pubDate``      ``created_at``
``wp:post_modified_gmt``               ``edited_at``
``category``                           ``tags``: the names; complete in ``meta["category"]``
channel ``title``, ``language``        ``site``, ``language``
``wp:status``, ``wp:post_type``, ...   ``meta``, without ``wp:`` in the key; also ``guid`` and the
                                       excerpt
``wp:comment_id``, ``_parent``         `Comment` ``id``, ``parent_id``; 0 is the article
``wp:comment_author``, ``_url``        ``author.name`` (as plain text), ``url``. For a user, the
                                       ``id`` is ``_user_id`` and the name is the login
``wp:comment_content``                 ``text``, unchanged: HTML with significant line breaks
``wp:comment_date_gmt``                ``created_at``; a different local time of the site is in
                                       ``meta["comment_date"]``
``wp:comment_approved``                ``status``: 1 visible, 0 pending, spam, trash removed;
                                       all except 1 are also in ``meta["comment_approved"]``
``wp:comment_type``                    ``tags``: pingback, trackback, and types of plugins, which
                                       are also in ``meta["comment_type"]``
``wp:commentmeta``                     ``meta["commentmeta"]``
channel ``link``, ``base_blog_url``    ``Thread.meta``
=====================================  =========================================================

Lost: passwords, terms, ``postmeta``, and furniture without comments. E-mail addresses and IP
numbers, also in ``commentmeta``, are left out unless *contacts* is true; then they are in ``meta``.

A time in the unknown zone of the site stays in ``meta`` as ``created_at_local``, and *zone*
resolves it. Zeros (``0000-00-00``) mean an unknown time.

Problems: ``local-time``, ``bad-time``, ``unknown-status``, ``made-id`` (a comment without an id),
``stray-comment`` (a comment outside a post), ``truncated`` (the input ends inside a comment, which
is in ``values``), those of malformed XML (`discourse._markup.xml`), and those of `Thread.repair`.
Ids are unique within a post only, since sites repeat them.
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
