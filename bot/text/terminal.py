"""Makes foreign text safe for a terminal: nothing moves its cursor, changes its colours or reverses lines.

A terminal obeys control characters from any source: C0 (including ESC), DEL and C1, whose CSI, OSC and DCS are
single bytes. Bidirectional controls show a line in a different order (Unicode TR 36, "Trojan Source").
"""

import re

SHOWN_AS = "\ufffd"
"""Shown in place of such a character, so that columns keep their width and nobody is misled."""
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 except tab and line feed, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls
    "\u2028\u2029]"  # line and paragraph separators, which some terminals obey
)


def for_terminal(text: str) -> str:
    """Return `text` with placeholders for the characters that a terminal obeys, except line feeds and tabs."""
    return _UNSAFE.sub(SHOWN_AS, text)


def escaped_for_terminal(json: str) -> str:
    """Return a JSON document with escapes for such characters, so that its meaning is unchanged."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", json)
