"""Find the root of a document, and refuse what stands before it and is dangerous."""

import re

import attrs

from ...errors import ParseError, Place, shown

_DECLARATION = re.compile(r"<\?xml\s")

LIMIT = 1 << 20
"""How many characters are searched for the root."""


@attrs.frozen
class Prolog:
    """What stands before the root."""

    end: int
    """Where the root begins."""
    junk: tuple[str, ...]
    """What is no part of a document: text, tags, an XML declaration that is not at the start."""
    junk_at: int


def find_root(head: str, roots: frozenset[str]) -> Prolog | None:
    """Return where the root begins in *head*; None where it does not.

    Raises `ParseError` for a document type declaration, or the declaration of an entity: with them
    come bombs, and files and addresses of others. O(n).
    """
    names = "|".join(sorted(roots))
    token = re.compile(rf"<!--|<\?|<!|<(?:[\w.-]{{1,40}}:)?(?:{names})(?=[\s/>])")
    at, junk, junk_at = 0, [], -1
    while match := token.search(head, at):
        before = head[at : match.start()]
        if before.strip() or (before and _DECLARATION.match(head, match.start())):
            junk.append(before)
            junk_at = at if junk_at < 0 else junk_at
        if match[0] == "<!--":
            end = head.find("-->", match.end())
            after = end + 3
        elif match[0] == "<?":
            end = head.find("?>", match.end())
            after = end + 2
        elif match[0] == "<!":
            place = Place(offset=match.start(), line=head.count("\n", 0, match.start()) + 1)
            found = head[match.start() : match.start() + 20]
            raise ParseError(f"declarations are refused, such as {shown(found)}", place)
        else:
            return Prolog(match.start(), tuple(junk), junk_at)
        if end < 0:
            return None
        at = after
    return None
