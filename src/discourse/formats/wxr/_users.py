"""Find the person that an export means: by login for posts, by user id for comments."""

from ...model import Author

_MOST = 20_000  # authors that are remembered, so that equal ones are one object


class People:
    """The users that an export lists, and the authors made of what it says."""

    def __init__(self) -> None:
        self._by_id: dict[str, Author] = {}
        self._by_login: dict[str, Author] = {}
        self._made: dict[tuple[str | None, str | None, str | None], Author | None] = {}

    def add(self, id: str | None, login: str | None, display_name: str | None) -> None:
        """Take a user; the first of an id, or of a login, counts."""
        if login is None and id is None:
            return
        shown = display_name if display_name != login else None
        user = Author(login, id, display_name=shown)
        if id is not None:
            self._by_id.setdefault(id, user)
        if login is not None:
            self._by_login.setdefault(login, user)
        self._made.clear()

    def users(self) -> list[Author]:
        """Return the users, each once: those with an id first."""
        return [*self._by_id.values(), *(u for u in self._by_login.values() if u.id is None)]

    def of_post(self, login: str | None) -> Author | None:
        """Return the author of a post, whose login is told."""
        if login is None:
            return None
        return self._by_login.get(login) or Author(login)

    def of_comment(self, name: str | None, id: str | None, url: str | None) -> Author | None:
        """Return the author of a comment: what was typed, and the user's id, if it was one."""
        key = (name, id, url)
        if key in self._made:
            return self._made[key]
        user = self._by_id.get(id) if id is not None else None
        if name is None and id is None and url is None:
            made = None
        elif user is not None and user.name is not None:
            display_name = name if name != user.name else None
            made = Author(user.name, id, display_name=display_name, url=url)
        else:
            made = Author(name, id, url=url)
        if len(self._made) >= _MOST:
            self._made.clear()
        self._made[key] = made
        return made
