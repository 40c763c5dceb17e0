"""Mail and news: mailboxes, folders of messages, single messages.

Reads mbox files of every kind (mboxo, mboxrd, mboxcl, mboxcl2; of mail programs, of Takeout and
Google Groups, of lore.kernel.org), the text archives of Mailman, MMDF, Maildir and MH folders,
spools and batches of a news server, answers to ``ARTICLE``, and files of one message (``.eml``).
Several files, or a folder or an archive of them, are read as one.

=====================================  ===========================================================
in the source                          in the model
=====================================  ===========================================================
a conversation                         a thread, with the messages in the order of the source
the subject of the first message       `Article` ``title``, without ``Re:`` where that message is
                                       not here
the id of the first message            ``url`` of the article, with ``mid:`` before it
``List-Id``, or the first of           ``site``
``Newsgroups``
``Newsgroups``                         ``tags`` of the article
a message, the first one too           `Comment`
``Message-ID``                         ``id``, without the angle brackets
``References``, ``In-Reply-To``        ``parent_id``, and which thread. What is answered and is not
                                       here is a placeholder
``From``, ``X-Original-From``          ``author``: ``id`` is the address, ``name`` what stands
                                       before its ``@``, ``display_name`` the name. ``ada at
                                       example.org`` is an address, too
``Subject``                            ``title``
``Date``                               ``created_at``; with ``-0000`` or without a zone it stays in
                                       ``meta``, unless *zone* is given
``text/plain``, else ``text/html``     ``text``, ``text_format``: decoded, quotations left in,
                                       lines of ``format=flowed`` joined
other parts                            ``meta["attachments"]``: their types and names
``Archived-At``                        ``url``
``Content-Language``                   ``language``
``List-Id``, ``Newsgroups``,           ``meta``, under their names in small letters
``Organization``, ``User-Agent``,
``Keywords``, ``Supersedes``,
``Control``, ``Lines`` and the like
=====================================  ===========================================================

Left out: attachments, the HTML of what is plain text too, the text before the first part of a
multipart, the references above the parent of a message that is here, and, unless *contacts* is
true (then in ``meta``), all other fields, which have the way of a message and the addresses of
people. The address of the author stays, since it is what tells people apart:
`discourse.privacy.pseudonymise` replaces it.

Threads are found by Jamie Zawinski's algorithm. ``subjects=True`` joins conversations of one
subject, as he does last. `Reading.inferred` has the messages whose place only the references of
others, or their subjects, tell. All messages are needed to find threads, so `discourse.stream`
reads a mailbox whole: raise *max_bytes* for large ones.

Bytes of a charset that is not declared, or that lie about it, are UTF-8 where they fit, else
windows-1252. ``>From`` in an mbox loses a mark, unless the lines around it have as many.

Problems: ``made-id`` (no ``Message-ID``; the id is a hash of the content), ``duplicate`` (a copy,
kept once), ``duplicate-conflict`` (two different messages of one id), ``orphan``, ``cycle`` and
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
