"""Makes foreign text safe for Discord: no markup, mentions, links or invisible characters of its own."""

import re
import unicodedata
from urllib.parse import quote, urlsplit

LONGEST_URL = 2_048
"""The longest address that Discord accepts in an embed."""
_UNSEEN_CATEGORIES = {"Cc", "Cf", "Cs"}
_JOINERS = "\u200c\u200d"
_BLANKS = "\u115f\u1160\u3164\uffa0\u2800\u180e"
"""Characters that Unicode counts as letters but that are drawn as blanks."""
_MOST_MARKS = 4
"""How many combining marks a letter may have. More only serve to draw over other lines."""
_SPACE = re.compile(r"\s+")
_MARKUP = re.compile(r"[\\`*_~|\[\]<>#]")
_LIST = re.compile(r"^([-+])")
_NUMBERED = re.compile(r"^(\d+)([.)])")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LONGEST_TEXT = 20_000
"""Only this much of a text is processed: no field of a message could show more."""
_EVERYONE = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_SCHEME = re.compile(r":(?=//)")
_EMOJI = re.compile(r":(?=[\w+~-]{1,64}:)")
_INVITE = re.compile(r"\.(?=gg/|com/invite/|me/)", re.IGNORECASE)
_HOST = re.compile(r"(?=.{1,253}\.?$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_-]{1,63}\.?")
_URL_SAFE = "/%:@!$&'*+,;=~-._?"


def cleaned(text: str) -> str:
    """Return `text` on one line, without control, bidirectional or zero-width characters, for plain fields."""
    text = text[:_LONGEST_TEXT]
    if text.isascii() and text.isprintable():  # most texts are, and a digest has hundreds
        return _SPACE.sub(" ", text).strip()
    kept: list[str] = []
    marks = 0
    for char in text:
        if char.isspace() or char in _BLANKS:
            kept.append(" ")
            continue
        category = unicodedata.category(char)
        if category in {"Mn", "Me"}:
            marks += 1
            if marks > _MOST_MARKS:
                continue
        else:
            marks = 0
        if char in _JOINERS:
            # Persian, Indic scripts and emoji need joiners, but only between two visible characters.
            if kept and kept[-1] not in " " + _JOINERS:
                kept.append(char)
        elif category == "Cc":
            kept.append(" ")
        elif category not in _UNSEEN_CATEGORIES and ord(char) & 0xFFFE != 0xFFFE:
            kept.append(char)
    return re.sub(rf"[{_JOINERS}]+(?=\s|$)", "", _SPACE.sub(" ", "".join(kept))).strip()


def escaped(text: str) -> str:
    """Return `text` on one line, escaped so that Discord shows it unchanged in markdown."""
    return _escaped_line(cleaned(text))


def label(text: str) -> str:
    """Return `text` as the label of a masked link: escaped, with round brackets, because escapes do not work
    there.
    """
    return _escaped_line(cleaned(text).translate(str.maketrans("[]", "()")))


def _escaped_line(line: str) -> str:
    line = _MARKUP.sub(r"\\\g<0>", line)
    line = _NUMBERED.sub(r"\1\\\2", line)
    line = _LIST.sub(r"\\\1", line)
    line = _SCHEME.sub(r"\:", line)
    line = _EMOJI.sub(r"\:", line)
    line = _INVITE.sub(r"\.", line)
    return _EVERYONE.sub("@\u200b", line)


def safe_url(url: str | None, *, longest: int = LONGEST_URL) -> str | None:
    """Return `url` safe for markup and acceptable to Discord, or None if it cannot be linked.

    Only http and https are accepted, without user names, which can make one host look like another. Characters
    that could end a masked link are percent-encoded. Hosts outside ASCII are in their IDNA form.
    """
    if not url or len(url) > LONGEST_URL:
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
        if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
            return None
        name = host.encode("idna").decode("ascii").lower() if not host.isascii() else host.lower()
        path, query, fragment = (_encoded(part) for part in (parts.path, parts.query, parts.fragment))
    except ValueError:
        # includes UnicodeError: an invalid port, host or character
        return None
    if not _HOST.fullmatch(name):
        return None
    made = f"{parts.scheme}://{name}" + (f":{port}" if port is not None else "") + (path or "/")
    made += (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
    return made if len(made) <= longest else None


def _encoded(part: str) -> str:
    return _STRAY_PERCENT.sub("%25", quote(part, safe=_URL_SAFE))


def link(text: str, url: str | None, *, longest_url: int = 1_000) -> str:
    """Return a masked link with the label `text`, or the escaped text alone if `url` cannot be linked."""
    target = safe_url(url, longest=longest_url)
    shown = label(text)
    return f"[{shown}]({target})" if target and shown else escaped(text)
