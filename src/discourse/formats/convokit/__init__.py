"""Corpora of ConvoKit: a folder, a zip archive of it, or its utterances alone.

Reads what ``corpus.dump()`` of ConvoKit 1 to 5 writes, what ``convokit.download()`` unpacks, and
the archives that it downloads: ``utterances.jsonl`` (or ``utterances.json``), ``speakers.json`` (or
``users.json``), ``conversations.json``, ``corpus.json`` and ``index.json``. Each conversation is a
thread.

=====================================  ===========================================================
in the corpus                          in the model
=====================================  ===========================================================
the utterance that begins a            `Article`: ``id``, ``authors``, ``text``, ``created_at``,
conversation                           ``meta``; a comment with ``article=False``, as in a chat
other utterances: ``id``, ``text``     `Comment` ``id``, ``text``
``reply-to``, ``reply_to``             ``parent_id``; an utterance that answers itself answers the
                                       article
``speaker``, ``user`` (older)          ``author.name``; ``[deleted]`` is no author
``conversation_id``, ``root`` (older)  which thread
``timestamp``                          ``created_at``, where it is one: positions stay in ``meta``
``meta.score``                         ``score``
``meta``, names of ``vectors``         ``meta``, the latter under ``vectors``
text ``[deleted]``, ``[removed]``      ``status``
conversations: ``title`` in the meta   `Article` ``title``
conversations: other meta              `Thread` ``meta``
speakers: meta                         ``author.meta``
corpus: meta                           `Thread` ``meta["corpus"]``
=====================================  ===========================================================

Written is a folder that ConvoKit loads and walks: one first utterance for each conversation, which
is the article or stands for it; a speaker for each comment, of its own where nobody is known; the
places in the thread as times where not all times are known; and ids that are unique in the corpus.
What ConvoKit has no place for is in ``meta["discourse"]`` of the utterance, so that nothing is lost
on the way back. Lost on the way in: vectors and pickled metadata, which stay where they are.
Problems: ``not-epochs``, ``no-parent`` (a conversation with several beginnings), ``no-id``,
``pickled``, ``not-recognised``, ``bad-value``, ``local-time``, and those of JSON and of
`Thread.repair`.
"""

from .._catalogue import catalogued
from ._corpus_reader import parse, parse_parts
from ._corpus_writer import serialize, serialize_all, to_bytes, to_files

FORMAT = catalogued(
    "convokit",
    parse=parse,
    parse_parts=parse_parts,
    serialize=serialize,
    serialize_all=serialize_all,
    to_bytes=to_bytes,
    to_files=to_files,
)
