"""Read XML of strangers safely: as it comes, in bounded memory, with every repair told.

The parser is expat, the standard library's. What makes it dangerous, document type declarations
and their entities, is refused by a scan of everything before the root, which expat never sees.
Where the input is not well-formed, expat says where; that one token is put right (`_repair`), told
as a problem with its place, and the parser goes on behind it. So a well-formed input costs nothing
more, and a damaged one loses no more than what is told.

Reading order: `_names` (namespaces), `_elements` (what comes out), `_prolog` (what is refused),
`_repair` (what is put right), `_parser` (the loop), `_bytes` (encodings of large files).

Problem kinds: ``junk-before-root``, ``junk-after-root``, ``control-character``, ``bare-ampersand``,
``unknown-entity``, ``html-entity``, ``bad-reference``, ``bare-angle``, ``bad-tag``,
``bad-comment``, ``unclosed-element``, ``stray-end-tag``, ``unbound-prefix``, ``truncated``,
``encoding``, and ``more-problems``, which counts what goes beyond a thousand of one kind.
"""

from ._bytes import decoded
from ._elements import Element, Wanted
from ._log import Log
from ._parser import MAX_DEPTH, MAX_TOKEN, read

__all__ = ["MAX_DEPTH", "MAX_TOKEN", "Element", "Log", "Wanted", "decoded", "read"]
