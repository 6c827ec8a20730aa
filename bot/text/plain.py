"""Titles and names as plain text."""

import html
import re
from html.entities import html5

from bot.text.clipping import clip
from bot.text.legal_characters import legal, without_illegal_references

_ANY_TAG = re.compile(r"<(?:/?[A-Za-z][^<>]*|!--.*?--|![A-Za-z\[][^<>]*|\?[^<>]*)>", re.DOTALL)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>")
_COMMENT = re.compile(r"<!--[^<>]*-->")
_CDATA = re.compile(r"<!\[CDATA\[([^<>]*)\]\]>")
_SPACE = re.compile(r"\s+")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark nobr q s samp small span strike "
        "strong sub sup tt u var",
    )
)
_BLOCKS = frozenset({"center", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p"})
_VOID = frozenset({"br", "hr", "img", "wbr"})
_READ_AT_MOST = 20_000


def plain_text(markup: str, longest: int) -> str:
    """Return the text of a title: formatting removed, entities decoded (also if escaped twice), spaces folded.

    Only paired formatting tags, tags with attributes and void tags count as markup; `<head>` and `List<String>`
    are part of the text. If it is longer than `longest` characters, it is cut after a word and ends with an
    ellipsis.
    """
    text = _CDATA.sub(r"\1", _COMMENT.sub("", markup[:_READ_AT_MOST]))
    text = _without_formatting(text, escaped=False)
    for _ in range(2):
        if not _REFERENCE.search(text):
            break
        text = _without_formatting(_CDATA.sub(r"\1", unescaped(without_illegal_references(text))), escaped=True)
    return clip(_SPACE.sub(" ", legal(text)).strip(), longest)


def text_of_markup(markup: str, longest: int) -> str:
    """Return the text of some HTML without any tags, spaces folded, in at most `longest` characters."""
    text = _ANY_TAG.sub("", markup[:_READ_AT_MOST])
    for _ in range(2):
        if not _REFERENCE.search(text):
            break
        text = _ANY_TAG.sub("", html.unescape(without_illegal_references(text)))
    return clip(_SPACE.sub(" ", legal(text)).strip(), longest)


def unescaped(text: str) -> str:
    """Return `text` with HTML's references decoded if they end in a semicolon: `&copy=2` is part of an address."""
    return _REFERENCE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    reference = match[0]
    return html.unescape(reference) if reference[1] == "#" or reference[1:] in html5 else reference


def _without_formatting(text: str, *, escaped: bool) -> str:
    """Return `text` without formatting tags. If it was `escaped` once more, an unpaired tag is text."""
    if "<" not in text:
        return text
    tags = list(_TAG.finditer(text))
    formatting: dict[int, str] = {}
    opened: dict[str, list[int]] = {}
    for i, tag in enumerate(tags):
        name = tag[2].lower()
        between = " " if name in _BLOCKS or name in _VOID else ""
        if name in _VOID:
            if not escaped or tag[3].strip(" /"):
                formatting[i] = between
        elif name not in _INLINE and name not in _BLOCKS:
            continue
        elif not tag[1]:
            opened.setdefault(name, []).append(i)
            if "=" in tag[3]:
                formatting[i] = between
        elif opened.get(name):
            formatting[opened[name].pop()] = formatting[i] = between
    parts: list[str] = []
    start = 0
    for i, between in sorted(formatting.items()):
        parts += [text[start : tags[i].start()], between]
        start = tags[i].end()
    return "".join([*parts, text[start:]])
