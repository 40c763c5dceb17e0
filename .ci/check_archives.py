"""Check what a wheel and a source archive contain: python .ci/check_archives.py FILE..."""

import sys
import tarfile
import zipfile
from pathlib import Path

NEEDED = {
    ".whl": ["discourse/py.typed", "discourse/schema/thread-1.json", "discourse/__main__.py"],
    ".gz": ["LICENSE", "README.md", "CHANGELOG.md", "docs/conf.py", "tests/test_project.py"],
}
ALLOWED = {
    ".whl": ("discourse/", "discourse_model-"),
    ".gz": (
        *(".ci", ".gitignore", "CHANGELOG.md", "LICENSE", "PKG-INFO", "README.md", "bench"),
        *("conftest.py", "docs", "pyproject.toml", "src", "tests"),
    ),
}


def names_in(path: Path) -> list[str]:
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    with tarfile.open(path) as archive:
        return [name.partition("/")[2] for name in archive.getnames()]


def main() -> int:
    faults = []
    for path in map(Path, sys.argv[1:]):
        names = names_in(path)
        faults += [f"{path.name} lacks {name}" for name in NEEDED[path.suffix] if name not in names]
        faults += [
            f"{path.name} contains {name}"
            for name in names
            if not name.startswith(ALLOWED[path.suffix]) or "__pycache__" in name
        ]
        print(f"{path.name}: {len(names)} files, {path.stat().st_size:,} bytes")
    print(*faults, sep="\n")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
