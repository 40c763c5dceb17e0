"""Read XML of unknown quality safely: one pass, in bounded memory, with every repair reported.

Exports are often damaged: bare ampersands, HTML entities, control characters, missing tags. A
standard parser stops at the first fault. Resuming expat behind a fault means parsing the input
before it again, which takes quadratic time, and libxml2 repairs in silence and drops text. So this
package has its own scanner, built on regular expressions. Each decision needs one token and the
stack of open elements, so the time is linear in the input, faults included. It reads a field, its
start tag, text and end tag, in one match, which in Python is also faster than expat's callbacks.

Document type declarations and their entities are refused before the root, and are plain text after
it. No reference is ever expanded into more than a character or two.

Three rules restore the structure where tags are missing:

- A record ends an open record that cannot contain it: a post that begins inside a post.
- An element that its parent's end tag closes keeps its text up to the first element in it. The rest
  belongs to the parent.
- An end tag of a record without a start tag ends a record with the fields before it.

Reading order: `_element_tree` (what comes out), `_namespaces`, `_tags` (tags and references),
`_window` (the input), `_builder` (the stack of open elements), `_reader` (the loop),
`_record_fields` (fields that several formats share).

Problem kinds: ``junk-before-root``, ``junk-after-root``, ``control-character``, ``bare-ampersand``,
``unknown-entity``, ``html-entity``, ``bad-reference``, ``bare-angle``, ``bad-tag``,
``bad-comment``, ``unclosed-element``, ``stray-end-tag``, ``unbound-prefix``, ``truncated``,
``encoding``.
"""

from ._builder import MAX_DEPTH
from ._element_tree import Element, Wanted
from ._reader import MAX_TOKEN, read
from ._record_fields import MadeIds, time_in
from ._window import decoded, pieces

__all__ = [
    "MAX_DEPTH",
    "MAX_TOKEN",
    "Element",
    "MadeIds",
    "Wanted",
    "decoded",
    "pieces",
    "read",
    "time_in",
]
