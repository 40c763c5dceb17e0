"""Decode the bytes of a large XML file as they come."""

import codecs
from collections.abc import Iterator
from typing import IO

from ..._io.encoding import guess_xml_encoding, told_overruled, told_stray, tolerant
from ...errors import Place
from ._log import Log

_STEP = 1 << 18


def decoded(file: IO[bytes], log: Log) -> Iterator[str]:
    """Yield the text of *file* in pieces; what had to be guessed goes to *log*.

    The encoding is what a byte order mark says, else the XML declaration, else UTF-8, which also
    overrules a declaration. A byte that is not UTF-8 is read as windows-1252, alone.
    """
    data = file.read(_STEP)
    encoding, mark, declared = guess_xml_encoding(data)
    if declared is not None:
        log.add("encoding", told_overruled(declared), place=Place(offset=0))
    offset = mark
    data = data[mark:]
    decoder = codecs.getincrementaldecoder(encoding)("strict" if encoding == "utf-8" else "replace")
    while True:
        kept, _ = decoder.getstate()
        try:
            text = decoder.decode(data, final=not data)
        except UnicodeDecodeError:
            text, kept_back, found = tolerant(kept + data, final=not data)
            first = found[0] + offset - len(kept)
            log.add("encoding", told_stray(len(found)), place=Place(offset=first))
            decoder.setstate((kept_back, 0))
        if encoding != "utf-8" and "\ufffd" in text:
            log.add("encoding", f"not whole {encoding.upper()}: what does not fit is U+FFFD")
        if text:
            yield text
        if not data:
            return
        offset += len(data)
        data = file.read(_STEP)
