"""Write ``llms.txt``, a list of all pages for programs that read: ``python docs/_llms.py``.

It has the form of https://llmstxt.org: a title, a summary, and links with a sentence each. The
pages and their order are those of the tables of contents; addresses are relative to the file, which
stands beside the first page. A test compares it with what this makes.
"""

import importlib
import re
import sys
from pathlib import Path

DOCS = Path(__file__).parent
TARGET = DOCS / "llms.txt"

_TOCTREE = re.compile(r"^```\{toctree\}\n(.*?)^```", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^(?:```|:::).*?^(?:```|:::)$", re.MULTILINE | re.DOTALL)
_MODULE = re.compile(r"automodule:: (discourse\S*)$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_ROLE = re.compile(r"\{[\w:]+\}`([^`<]*?)(?:\s*<[^`]*>)?`")


def toctree(page):
    """The pages that a page lists in its tables of contents, in their order."""
    text = page.read_text(encoding="utf-8")
    names = [
        name
        for listed in _TOCTREE.findall(text)
        for name in listed.splitlines()
        if name.strip() and not name.startswith(":") and "*" not in name  # generated pages
    ]
    return [page.parent / f"{name.strip()}.md" for name in names]


def title(page):
    """The heading of a page, without markup."""
    heading = re.search(r"^# (.+)$", _text(page), re.MULTILINE)
    return heading[1].replace("`", "") if heading else page.stem.capitalize()


def summary(page):
    """What a page says first, without markup: below its heading, or of the module it is about."""
    if about := _MODULE.search(_text(page)):
        return (importlib.import_module(about[1]).__doc__ or "").split("\n")[0].replace("`", "")
    _, _, below = _FENCE.sub("", _text(page)).partition("\n\n")
    first = below.strip().split("\n")[0]
    if not first or first[0] in "#|-*:(":
        return ""
    words = _LINK.sub(lambda match: match[1] or title(page.parent / match[2]), first)
    return _ROLE.sub(r"\1", words).replace("`", "")


def _text(page):
    return re.sub(r"\A---\n.*?\n---\n+", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)


def _line(page):
    where = page.relative_to(DOCS).with_suffix(".html").as_posix()
    words = summary(page)
    return f"- [{title(page)}]({where})" + (f": {words}" if words else "")


def llms():
    """What is to stand in the file."""
    index = DOCS / "index.md"
    sections, others = [], []
    for page in toctree(index):
        below = toctree(page)
        if below:
            sections += ["", f"## {title(page)}", "", *map(_line, below)]
        else:
            others.append(_line(page))
    lines = [f"# {title(index)}", "", f"> {summary(index)}", "", _NOTE, *sections]
    return "\n".join([*lines, "", "## Optional", "", *others, ""])


_NOTE = (
    "The distribution is `discourse-model`, the import name `discourse`; it has nothing to do with "
    "the Discourse forum software. Every example in these pages is run by the tests."
)


def main():
    TARGET.write_text(llms(), encoding="utf-8")
    sys.stdout.write(f"{TARGET.name}: {llms().count('](')} pages\n")


if __name__ == "__main__":
    main()
