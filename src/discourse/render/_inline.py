"""Texts that notebooks show as what they are: pictures, pages and Markdown."""

from html import escape


class Svg(str):
    """A picture as SVG: text, which notebooks show as the picture."""

    __slots__ = ()

    def _repr_svg_(self) -> str:
        return str(self)


class Page(str):
    """A page as HTML: text, which notebooks show in a frame of its own."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return (
            '<iframe sandbox style="width:100%;height:30em;border:0" '
            f'srcdoc="{escape(self)}"></iframe>'
        )


class Markdown(str):
    """A document in Markdown: text, which notebooks show formatted."""

    __slots__ = ()

    def _repr_markdown_(self) -> str:
        return str(self)
