"""Who is known by which names, and whose pseudonym stands for each."""

from collections.abc import Iterable, Iterator

from .._prose import WORD, Entry, Names, fold
from ..model import Author
from ._pseudonyms import identity_of

_AMBIGUOUS = "discourse/name\0"
"""What comes before a name that several people have, so that it is none of theirs."""


class People:
    """The names to look for: as people write them, and as addresses of pages have them."""

    def __init__(self) -> None:
        self.names: Names[str] = Names()
        self.loose: Names[str] = Names()
        self.identities: dict[str, None] = {}
        self.parts = False
        """Whether the parts of longer names stand for them as bare words too."""

    def know(self, author: Author) -> None:
        """Look for the names of an author: name, display_name, and an id that is not a number."""
        identity = identity_of(author)
        if identity is None:
            return
        self.identities[identity] = None
        for name in names_of(author):
            self.add(name, identity)

    def add(self, name: str, identity: str) -> None:
        """Look for one name more."""
        self.identities.setdefault(identity)
        self.names.add(name, identity)
        bare = " ".join(WORD.findall(name))
        if bare:
            self.loose.add(bare, identity)

    def has(self, author: Author) -> bool:
        """Whether somebody known goes by a name or id of this author."""
        own = filter(None, (author.name, author.id, author.display_name))
        return identity_of(author) in self.identities or any(map(self.names.get, own))

    def whose(self, entry: Entry[str]) -> str:
        """Return whose pseudonym stands for a name; of a name that several have, its own."""
        if len(entry.values) == 1:
            return next(iter(entry.values))
        return _AMBIGUOUS + fold(entry.name)

    def ambiguous(self) -> Iterator[Entry[str]]:
        """Yield the names that several people have."""
        return (entry for entry in self.names.entries if len(entry.values) > 1)


def names_of(author: Author) -> list[str]:
    """Return the names to look for; an id does where it has a letter and three characters."""
    names = [name for name in (author.name, author.display_name) if name and name.strip()]
    id = author.id
    if id is not None and len(id) > 2 and not id.isdigit() and any(map(str.isalpha, id)):
        names.append(id)
    return names


def reached(
    commenters: Iterable[Author], byline: Iterable[Author], *, all_of_them: bool
) -> tuple[People, frozenset[Author]]:
    """Return the people to give pseudonyms to, and who of the articles' authors are among them.

    Those are all of them, or those who go by a name of somebody reached: then their other names
    are names of somebody reached too, so that it is asked again until nobody is added.
    """
    people = People()
    for author in dict.fromkeys(commenters):
        people.know(author)
    pending, joined = dict.fromkeys(byline), set[Author]()
    while here := [author for author in pending if all_of_them or people.has(author)]:
        for author in here:
            people.know(author)
            del pending[author]
        joined.update(here)
    return people, frozenset(joined)
