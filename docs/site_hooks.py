"""What MkDocs does not do by itself: pages from outside docs/, links that leave it, and the menu.

Pages are written for GitHub, which follows links between files of the repository. On the site, README.md and the
other pages of the repository (`OUTSIDE`) become pages too. Links to any other file lead to the repository if its
address is known (HEARSAY_REPOSITORY_URL), and are plain text if not. A link to nothing is left as it is, and the
strict build fails on it.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[1]
DOCS = "docs/"
HOME = "index.md"
OUTSIDE = ("*.md", "benchmarks/**/*.md", "gold/**/*.md", "models/**/*.md", "training/**/*.md")
"""Pages outside of docs/ that the site shows, as patterns below the root."""
BRANCH = "main"

Menu = list[str | dict[str, list[str]]]

_CODE_OR_LINK = re.compile(
    r"(?P<code>^(?P<fence>```+|~~~+).*?^(?P=fence)|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\]\([^()]*\))*)\]\((?P<target>[^()\s]+)\)",
    re.MULTILINE | re.DOTALL,
)
"""Code, in which nothing is a link, or a link. A link may hold an image."""
_STARTS_LIST_OR_TABLE = re.compile(r"(?:[-*+]|\d+\.) |\|")
_CONTINUES = re.compile(r"\s*$|#|\s|[-*+] |\d+\. |\||<|```|~~~")
"""A line after which Python-Markdown sees a list or table without an empty line, or that belongs to one."""
_FENCE = re.compile(r"^(?:```|~~~)")


def outside_pages(root: Path) -> dict[str, str]:
    """Return the pages below `root` that are not in docs/: their paths there, and on the site."""
    found = sorted(path.relative_to(root).as_posix() for pattern in OUTSIDE for path in root.glob(pattern))
    return {path: HOME if path == "README.md" else path for path in found}


def menu(root: Path) -> Menu:
    """Return the menu of the site: each folder of docs/ in turn, then the pages on the project."""

    def pages(folder: str) -> list[str]:
        inside = [path.relative_to(root / DOCS).as_posix() for path in (root / DOCS / folder).glob("*.md")]
        return sorted(inside, key=lambda path: (not path.endswith("README.md"), path))

    project = [page for path, page in outside_pages(root).items() if page != HOME]
    return [
        HOME,
        *(page for page in pages("") if page != "stability.md"),
        {"How to": pages("how-to")},
        {"Reference": [*pages("reference"), "stability.md"]},
        {"Explanation": pages("explanation")},
        {"Decisions": pages("decisions")},
        {"Project": project},
    ]


def site_links(markdown: str, page: str, root: Path, repository: str | None) -> str:
    """Return `markdown`, the text of the file `page` (its path below `root`), with links as the site needs them.

    `repository` is the address of the repository, None if it is not known.
    """
    outside = outside_pages(root)
    here = posixpath.dirname(_on_site(page, outside) or "")

    def rewritten(match: re.Match[str]) -> str:
        if match["code"]:
            return match[0]
        text, image, target = _nested(match["text"], rewritten), match["image"], match["target"]
        parts = urlsplit(target)
        if parts.scheme or not parts.path:
            return f"{image}[{text}]({target})"
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
        if (root / path).is_dir() and f"{path}/README.md" in outside:
            path += "/README.md"
        place = _on_site(path, outside)
        if place is not None and (root / path).is_file():
            end = f"#{parts.fragment}" if parts.fragment else ""
            return f"{image}[{text}]({posixpath.relpath(place, here or '.')}{end})"
        if not (root / path).exists() or path.startswith(".."):
            return f"{image}[{text}]({target})"
        if repository is None:
            return text
        kind = "tree" if (root / path).is_dir() else "blob"
        return f"{image}[{text}]({repository.rstrip('/')}/{kind}/{BRANCH}/{path})"

    return _CODE_OR_LINK.sub(rewritten, markdown)


def spaced(markdown: str) -> str:
    """Return `markdown` with an empty line before each list and table that follows a paragraph.

    GitHub (CommonMark) does without one, Python-Markdown does not.
    """
    return "\n".join(_spaced_lines(markdown.split("\n")))


def _spaced_lines(lines: list[str]) -> Iterator[str]:
    before, in_code = "", False
    for line in lines:
        if _FENCE.match(line):
            in_code = not in_code
        elif not in_code and _STARTS_LIST_OR_TABLE.match(line) and not _CONTINUES.match(before):
            yield ""
        yield line
        before = line


def _nested(text: str, rewritten: Callable[[re.Match[str]], str]) -> str:
    """Rewrite an image inside of a link."""
    return _CODE_OR_LINK.sub(rewritten, text)


def _on_site(path: str, outside: dict[str, str]) -> str | None:
    """Return where the site has the file `path` of the repository, None if it has not."""
    if path in outside:
        return outside[path]
    return path.removeprefix(DOCS) if path.startswith(DOCS) else None


def on_config(config: Any) -> Any:
    """Set the menu (an event of MkDocs)."""
    config.nav = menu(ROOT)
    return config


def on_files(files: Any, config: Any) -> Any:
    """Add the pages from outside docs/ (an event of MkDocs)."""
    from mkdocs.structure.files import File  # noqa: PLC0415 - only the documentation's environment has it

    for path, page in outside_pages(ROOT).items():
        files.append(File.generated(config, page, abs_src_path=str(ROOT / path)))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, **_: Any) -> str:
    """Rewrite a page (an event of MkDocs)."""
    names = {place: path for path, place in outside_pages(ROOT).items()}
    path = names.get(page.file.src_uri, DOCS + page.file.src_uri)
    return spaced(site_links(markdown, path, ROOT, config.repo_url or None))
