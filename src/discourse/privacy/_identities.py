"""Map the names of people to identities, whose pseudonyms replace the names."""

from collections.abc import Iterable, Iterator

from .._prose import WORD, Entry, Names, fold
from ..model import Author
from ._pseudonyms import identity_of

_AMBIGUOUS = "discourse/name\0"
"""A prefix that makes a separate identity of a name that several people share."""


class People:
    """The names to look for: as people write them, and as they occur in URLs."""

    def __init__(self) -> None:
        self.names: Names[str] = Names()
        self.loose: Names[str] = Names()
        self.identities: dict[str, None] = {}
        self.parts = False
        """Whether the parts of longer names count as names too."""

    def know(self, author: Author) -> None:
        """Look for the names of an author: name, display_name, and an id that is not a number."""
        identity = identity_of(author)
        if identity is None:
            return
        self.identities[identity] = None
        for name in names_of(author):
            self.add(name, identity)

    def add(self, name: str, identity: str) -> None:
        """Look for another name."""
        self.identities.setdefault(identity)
        self.names.add(name, identity)
        bare = " ".join(WORD.findall(name))
        if bare:
            self.loose.add(bare, identity)

    def has(self, author: Author) -> bool:
        """Whether someone known has a name or id of this author."""
        own = filter(None, (author.name, author.id, author.display_name))
        return identity_of(author) in self.identities or any(map(self.names.get, own))

    def whose(self, entry: Entry[str]) -> str:
        """Return the identity for a name. A name that several people share has its own."""
        if len(entry.values) == 1:
            return next(iter(entry.values))
        return _AMBIGUOUS + fold(entry.name)

    def ambiguous(self) -> Iterator[Entry[str]]:
        """Yield the names that several people share."""
        return (entry for entry in self.names.entries if len(entry.values) > 1)


def names_of(author: Author) -> list[str]:
    """Return the names to look for, including an id with at least three characters and a letter."""
    names = [name for name in (author.name, author.display_name) if name and name.strip()]
    id = author.id
    if id is not None and len(id) > 2 and not id.isdigit() and any(map(str.isalpha, id)):
        names.append(id)
    return names


def reached(
    commenters: Iterable[Author], byline: Iterable[Author], *, all_of_them: bool
) -> tuple[People, frozenset[Author]]:
    """Return the people in scope, and those authors of articles who are among them.

    Either all authors of articles are in scope, or only those who share a name with someone in
    scope. In the second case, their other names come into scope too, so this repeats until nobody
    is added.
    """
    people = People()
    for author in dict.fromkeys(commenters):
        people.know(author)
    pending, joined = dict.fromkeys(byline), set[Author]()
    while added := [author for author in pending if all_of_them or people.has(author)]:
        for author in added:
            people.know(author)
            del pending[author]
        joined.update(added)
    return people, frozenset(joined)
