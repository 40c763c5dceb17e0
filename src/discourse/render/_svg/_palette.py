"""The colours of a picture: one set for light pages, one for dark pages.

Every part is painted in ``currentColor`` and gets its role from `role`: the attribute ``color`` has
the light colour, and a CSS rule per role the dark one. So the picture has colours even without CSS.
The four colours of people and the grey of the others are distinct with every kind of colour
blindness, and their contrast with the background is at least 3 to 1 (a test computes both).
"""

from typing import Final

PEOPLE: Final = 4
"""How many people have a colour of their own."""
OTHERS: Final = PEOPLE
"""The role of everyone else."""

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
    """Return the attributes that colour an element by its role."""
    return f'class="discourse-{name}" color="{_LIGHT[name]}"'
