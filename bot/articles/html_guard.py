"""What is checked of HTML before it is made a tree: what stalls the parser is refused in words.

Both limits stand for work that grows with the square of what is sent: elements side by side, and attributes of one
element. No article's page comes near either. Whatever else a page may do ends with the time of its worker.
"""

import re

from bot.errors import NoText

ELEMENTS = 50_000
ATTRIBUTES = 10_000
_ELEMENT = re.compile(r"<[A-Za-z]")
_LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{2 * ATTRIBUTES},}}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def check_html(html: str) -> None:
    """Raise NoText for a page, or the content of an entry, that would stall whoever reads it."""
    if sum(1 for _ in _ELEMENT.finditer(html)) > ELEMENTS:
        raise NoText("The page has too many elements to be read.")
    for tag in _LONG_TAG.finditer(html):
        if len(_QUOTED.sub(" ", tag[0]).split()) > ATTRIBUTES:
            raise NoText("An element of the page has too many attributes to be read.")
