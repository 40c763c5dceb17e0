"""Name the colours of a picture: one set for light pages, one for dark ones.

Every part is painted in ``currentColor`` and gets its role from `role`: the attribute ``color`` has
the light colour, and one rule of CSS a role has the dark one. So the picture has its colours
also where CSS is not read. The four colours of people and the grey of the others can be told apart
with each kind of colour blindness, and from their ground by 3 to 1 (which a test computes).
"""

from typing import Final

PEOPLE: Final = 4
"""How many people have a colour of their own."""
OTHERS: Final = PEOPLE
"""The role of those who have none."""

_LIGHT: Final = {
    "ground": "#ffffff",
    "card": "#f5f7f9",
    "line": "#b4bcc6",
    "soft": "#5b6470",
    "ink": "#1d232b",
    "p0": "#0b5fa5",
    "p1": "#d9480f",
    "p2": "#17a05d",
    "p3": "#7a1250",
    "p4": "#868e96",
}
_DARK: Final = {
    "ground": "#15181d",
    "card": "#20252c",
    "line": "#4b5561",
    "soft": "#a2acb8",
    "ink": "#e8ebef",
    "p0": "#6ea0ff",
    "p1": "#ff6b35",
    "p2": "#25d07f",
    "p3": "#e6c3f5",
    "p4": "#6f7885",
}

STYLE: Final = (
    "@media(prefers-color-scheme:dark){"
    + "".join(f".discourse-{name}{{color:{colour}}}" for name, colour in _DARK.items())
    + "}"
)


def role(name: str) -> str:
    """Return the attributes that give an element the colour of a role."""
    return f'class="discourse-{name}" color="{_LIGHT[name]}"'
