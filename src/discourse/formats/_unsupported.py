"""Describe an input that no format reads: what it is, and what to do with it."""

#: How the beginnings of binary files look as text, with stray bytes decoded as windows-1252.
_OTHERS = (
    ("\x1f‹", "it is packed with gzip, which read() unpacks once and parse() does not"),
    ("\x1f\x8b", "it is packed with gzip, and was read as text"),
    ("(µ/ý", "it is packed with Zstandard, which read() unpacks once and parse() does not"),
    ("PK\x03\x04", "it is a zip archive, which read() unpacks once and parse() does not"),
    ("BZh", "it is packed with bzip2: unpack it first"),
    ("ý7zXZ\0", "it is packed with xz: unpack it first"),
    ("7z¼¯'\x1c", "it is a 7z archive: unpack it first"),
    ("Rar!\x1a\x07", "it is a RAR archive: unpack it first"),
    ("%PDF-", "it is a PDF: save the page as HTML or text instead"),
    ("‰PNG\r\n", "it is a picture (PNG)"),
    ("ÿØÿ", "it is a picture (JPEG)"),
    ("GIF8", "it is a picture (GIF)"),
    ("SQLite format 3\0", "it is a SQLite database: export what is in it"),
    ("\x7fELF", "it is a program (ELF)"),
)
#: The same for files that only a null character soon afterwards identifies as binary.
_WITH_NULLS = (
    ("MZ", "it is a program (for Windows)"),
    ("Ïúíþ", "it is a program (Mach-O)"),
    ("Îúíþ", "it is a program (Mach-O)"),
    ("þíúÏ", "it is a program (Mach-O)"),
    ("þíúÎ", "it is a program (Mach-O)"),
    ("Êþº¾", "it is a program (a Java class, or Mach-O)"),
    ("\0asm", "it is a program (WebAssembly)"),
)


def what_it_is(head: str) -> str | None:
    """Return what an unrecognised input seems to be, or None."""
    if not head.strip():
        return "it contains only white space" if head else "it is empty"
    for beginning, what in _OTHERS:
        if head.startswith(beginning):
            return what
    sample = head[:1000]
    if "\0" in sample:
        for beginning, what in _WITH_NULLS:
            if head.startswith(beginning):
                return what
    if "\0" in head and "ustar" in head[100:300]:
        return "it is a tar archive: unpack it first"
    if max(sample[::2].count("\0"), sample[1::2].count("\0")) > len(sample) // 4:
        return "it seems to be UTF-16 without a byte order mark: decode it and use parse()"
    return None
