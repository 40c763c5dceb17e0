"""Draw a thread for people: `text` for a terminal or a file.

Everything drawn comes from outside and is made harmless first: no control character, no
bidirectional override reaches the output.
"""

from ._clean import clean, one_line
from ._text import text

__all__ = ["clean", "one_line", "text"]
