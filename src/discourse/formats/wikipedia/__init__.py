"""x"""

from .._catalogue import catalogued
from ._page_reader import NAME
from ._sources import parse, stream

__all__ = ["FORMAT", "NAME", "parse", "stream"]

FORMAT = catalogued(NAME, parse=parse, stream=stream)
