"""WordPress's REST API, version 2: posts, comments, or both, as the server answered them.

A file is what ``/wp-json/wp/v2/comments?post=...`` gives (an array of comments), what
``/wp-json/wp/v2/posts/...`` gives (a post, or an array of posts, with ``?_embed`` with its
replies), or any array of such objects, in an envelope (``?_envelope``) or not. Read the post and
all pages of its comments at once, ``read([post, page_1, page_2])``, and they are one thread. They
may also be in one file: one after another, in an array, or under keys of somebody's own. Headers of
HTTP, and what PHP says in HTML, may stand before the JSON. Some fields are enough (``?_fields``).

====================================  ===========================================================
in the answer                         in the model
====================================  ===========================================================
post ``id``, ``link``, ``title``      `Article` ``id``, ``url``, ``title`` (as plain text)
post ``content.rendered``             ``text``, HTML; ``raw`` where that is all there is
post ``date_gmt``, ``modified_gmt``   ``created_at``, ``edited_at``
``_embedded.author``, ``wp:term``     ``authors``, ``tags`` (the names of its terms)
comment ``id``, ``parent``            ``id``, ``parent_id``; 0 is the article
comment ``author_name``, ``author``   ``author.name``, as plain text, and ``author.id``; 0 is a
                                      guest, who has none
``author_url``, largest avatar        ``author.url``, ``author.avatar_url``
comment ``content.rendered``          ``text``, likewise
comment ``date_gmt``                  ``created_at``
comment ``status``                    ``status``: hold is pending, trash is removed
comment ``type``                      ``tags``, where it is not an ordinary comment
all other keys                        ``meta``, but for ``_links``
what a comment embeds                 its post, what it answers and its replies, where they are
                                      nowhere whole
====================================  ===========================================================

Problems: ``local-time`` (a time without its zone and without its twin in UTC, as in what is
embedded: it stays in ``meta``, and *zone* resolves it), ``error-object`` (the server's error in
place of an object, told once for all objects), ``not-recognised``, ``bad-value``,
``unknown-status``, ``no-id``, ``no-parent`` (comments do not say what they answer), ``junk-before``
and ``junk-after`` (what a server says around the JSON), ``truncated`` (the last of several answers
is cut), ``encoding`` (lone surrogates), and those of `Thread.repair`.

Lost: links to other answers, excerpts, and whether the file has all comments: the server tells that
in a header. E-mail addresses, IP numbers and user agents (which only an editor gets) are left out
unless *contacts* is true.
"""

from .._catalogue import catalogued
from ._read import NAME, parse

__all__ = ["FORMAT", "NAME", "parse"]


FORMAT = catalogued(NAME, parse=parse)
