"""Mail and news: mailboxes, folders of messages, single messages.

Reads mbox files of every kind (mboxo, mboxrd, mboxcl, mboxcl2; from mail programs, Takeout, Google
Groups and lore.kernel.org), the text archives of Mailman, MMDF, Maildir and MH folders, spools and
batches of a news server, responses to ``ARTICLE``, and single messages (``.eml``). Several files,
or a folder or archive of them, are read as one.

=====================================  ===========================================================
in the source                          in the model
=====================================  ===========================================================
a conversation                         a thread, with the messages in the order of the source
the subject of the first message       `Article` ``title``, without ``Re:`` if that message is
                                       missing
the id of the first message            ``url`` of the article, with the prefix ``mid:``
``List-Id``, or the first of           ``site``
``Newsgroups``
``Newsgroups``                         ``tags`` of the article
a message, including the first         `Comment`
``Message-ID``                         ``id``, without the angle brackets
``References``, ``In-Reply-To``        ``parent_id``, and the thread. A missing message with replies
                                       becomes a placeholder
``From``, ``X-Original-From``          ``author``: ``id`` is the address, ``name`` the part before
                                       the ``@``, ``display_name`` the name. ``ada at example.org``
                                       is an address too
``Subject``                            ``title``
``Date``                               ``created_at``; with ``-0000`` or without a zone it stays in
                                       ``meta``, unless *zone* is set
``text/plain``, else ``text/html``     ``text``, ``text_format``: decoded, with quotations; lines of
                                       ``format=flowed`` are joined
other parts                            ``meta["attachments"]``: their types and names
``Archived-At``                        ``url``
``Content-Language``                   ``language``
``List-Id``, ``Newsgroups``,           ``meta``, with their names in lower case
``Organization``, ``User-Agent``,
``Keywords``, ``Supersedes``,
``Control``, ``Lines`` and the like
=====================================  ===========================================================

Left out: attachments, HTML alternatives of plain text, the text before the first part of a
multipart, the references above the parent of a present message, and, unless *contacts* is true
(then in ``meta``), all other fields, which have the route of a message and people's addresses. The
author's address stays, because it identifies the author: `discourse.privacy.pseudonymise` replaces
it.

Threads are found by Jamie Zawinski's algorithm. ``subjects=True`` adds its last step, which joins
conversations with the same subject. `Reading.inferred` has the messages whose place is only known
from the references of others or from their subjects. Threading needs all the messages, so
`discourse.stream` reads a mailbox whole: raise *max_bytes* for large ones.

Bytes in an undeclared or wrong charset are decoded as UTF-8 if valid, else as windows-1252.
``>From`` in an mbox loses a mark, unless the lines around it have as many.

Problems: ``made-id`` (no ``Message-ID``; the id is a hash of the content), ``duplicate`` (a copy,
kept once), ``duplicate-conflict`` (two different messages with one id), ``orphan``, ``cycle`` and
``self-parent`` (messages that answer each other, or themselves), ``no-parent`` (an ``In-Reply-To``
that names no message, such as ``<yes>``), ``bad-time``, ``local-time``, ``encoding``, ``too-deep``,
``too-long``, ``truncated``, ``bad-section`` (a message in the text of another),
``service-message`` (data of a mail program), and ``not-recognised`` (one of several files).
"""

from .._catalogue import catalogued
from ._mail_threads import parse, parse_bytes, parse_parts

FORMAT = catalogued(
    "mail", parse=parse, parse_bytes=parse_bytes, parse_parts=parse_parts, are_parts_bytes=True
)
