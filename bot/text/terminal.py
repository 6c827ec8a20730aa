"""Text from outside made safe for a terminal: what would move its cursor, change its colours or turn lines around.

A terminal obeys control characters wherever they come from: C0 (ESC among them), DEL and C1, whose CSI, OSC and
DCS work in one byte. Bidirectional controls show a line in another order than it has (Unicode TR 36, "Trojan
Source").
"""

import re

SHOWN_AS = "\ufffd"
"""What stands in the place of such a character, so that columns keep their width and nobody is misled."""
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and line feed, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls
    "\u2028\u2029]"  # line and paragraph separators, which some terminals obey
)


def for_terminal(text: str) -> str:
    """Return `text` with each character that a terminal would obey replaced; line feeds and tabs stay."""
    return _UNSAFE.sub(SHOWN_AS, text)


def escaped_for_terminal(json: str) -> str:
    """Return a JSON document with such characters as escapes, so that it means the same."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", json)
