#!/usr/bin/env python3
"""Print what CHANGELOG.md says of a version: `release_notes.py v0.2.0`.

Exits with 1, and says why, if the tag is not a version, differs from pyproject.toml or bot/__init__.py, or has no
section of its own. Needs nothing but Python 3.11.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TAG = re.compile(r"v([0-9]+\.[0-9]+\.[0-9]+(?:(?:a|b|rc)[0-9]+)?)")
SECTION = re.compile(r"^## \[([^\]]+)\](?: - ([0-9]{4}-[0-9]{2}-[0-9]{2}))?[ \t]*$", re.MULTILINE)
LINK = re.compile(r"^\[[^\]]+\]: \S+$", re.MULTILINE)


class NotReleasable(Exception):
    """The tag cannot be released; the message says why."""


def release_notes(tag: str, root: Path) -> str:
    """Return the section of the changelog under `root` on the version that `tag` names; raise NotReleasable."""
    named = TAG.fullmatch(tag)
    if named is None:
        raise NotReleasable(f"{tag} is not a version tag. Tag a release like v0.2.0.")
    version = named[1]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    package = re.search(r'^__version__ = "(.+)"$', (root / "bot" / "__init__.py").read_text("utf-8"), re.MULTILINE)
    for place, found in (("pyproject.toml", project), ("bot/__init__.py", package and package[1])):
        if found != version:
            raise NotReleasable(f"The tag says {version}, {place} says {found}. Make them agree, then tag again.")
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = list(SECTION.finditer(changelog))
    for section, following in zip(sections, [*sections[1:], None], strict=True):
        if section[1] == version:
            if section[2] is None:
                raise NotReleasable(f"CHANGELOG.md has no date for {version}: ## [{version}] - 2026-01-31")
            text = changelog[section.end() : following.start() if following else None]
            notes = LINK.sub("", text).strip()
            if not notes:
                raise NotReleasable(f"The section on {version} in CHANGELOG.md is empty.")
            return notes
    raise NotReleasable(f"CHANGELOG.md has no section on {version}: rename [Unreleased] and add a date.")


def main() -> None:
    """Print the notes for the tag that is given."""
    if len(sys.argv) != 2:
        sys.exit("usage: release_notes.py TAG")
    try:
        print(release_notes(sys.argv[1], ROOT))
    except NotReleasable as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
