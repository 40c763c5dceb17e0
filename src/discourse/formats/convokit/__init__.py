"""ConvoKit corpora: a folder, a zip archive of one, or the utterances alone.

Reads the output of ``corpus.dump()`` of ConvoKit 1 to 5, and the archives of
``convokit.download()``, packed or unpacked. The files are ``utterances.jsonl`` (or
``utterances.json``), ``speakers.json`` (or ``users.json``), ``conversations.json``,
``corpus.json`` and ``index.json``. Each conversation is a thread.

=====================================  ===========================================================
in the corpus                          in the model
=====================================  ===========================================================
first utterance of a conversation      `Article`: ``id``, ``authors``, ``text``, ``created_at``,
                                       ``meta``; with ``article=False`` (for chats) a comment
other utterances: ``id``, ``text``     `Comment` ``id``, ``text``
``reply-to``, ``reply_to``             ``parent_id``; an utterance that replies to itself replies
                                       to the article
``speaker``, ``user`` (older)          ``author.name``; None for ``[deleted]``
``conversation_id``, ``root`` (older)  the thread
``timestamp``                          ``created_at``; positions in the conversation stay in
                                       ``meta``
``meta.score``                         ``score``
``meta``, names of ``vectors``         ``meta``; the names under ``vectors``
text ``[deleted]``, ``[removed]``      ``status``
conversations: meta ``title``          `Article` ``title``
conversations: other meta              `Thread` ``meta``
speakers: meta                         ``author.meta``
corpus: meta                           `Thread` ``meta["corpus"]``
=====================================  ===========================================================

Writes a folder that ConvoKit can load and traverse. Each conversation starts with one utterance:
the article, an empty one in its place, or the first comment of a chat. Every comment has a speaker;
an unknown author gets a speaker of their own. If some times are unknown, the positions in the
thread replace all of them. Ids are unique in the corpus. ``meta["discourse"]`` of an utterance
holds what ConvoKit has no field for, and reading the corpus restores it.

Lost in reading: vectors and pickled metadata. Problems: ``not-epochs`` (timestamps are positions,
not times), ``no-parent`` (several utterances of a conversation reply to nothing), ``no-id``,
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
