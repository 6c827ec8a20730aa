"""Checks on HTML before it is parsed: documents that would stall the parser are refused.

Both limits prevent quadratic work: in libxml2 for attributes of one element, in trafilatura for sibling elements.
No real article comes near either. The time limit of the worker stops everything else.
"""

import re

from bot.errors import NoText
from bot.languages.translations import _

ELEMENTS = 50_000
ATTRIBUTES = 10_000
_ELEMENT = re.compile(r"<[A-Za-z]")
_LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{2 * ATTRIBUTES},}}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def check_html(html: str) -> None:
    """Raise NoText for a page, or an entry's content, that would stall a worker."""
    if sum(1 for _ in _ELEMENT.finditer(html)) > ELEMENTS:
        raise NoText(_("The page has too many elements to be read."))
    for tag in _LONG_TAG.finditer(html):
        if len(_QUOTED.sub(" ", tag[0]).split()) > ATTRIBUTES:
            raise NoText(_("An element of the page has too many attributes to be read."))
