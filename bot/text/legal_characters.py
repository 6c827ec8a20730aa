"""Removes characters that XML, databases and messages cannot hold."""

import re

# Not allowed in XML 1.0 (production Char), SQLite text or messages: C0 controls except tab and line ends,
# lone surrogates, and the two noncharacters.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ILLEGAL_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[1245-9]|2[0-9]|3[01]|6553[45])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF]|[dD][89a-fA-F][0-9a-fA-F]{2}));"
)


def legal(text: str) -> str:
    """Return `text` without the characters that XML, databases and messages cannot hold."""
    return _ILLEGAL.sub("", text)


def without_illegal_references(xml: str) -> str:
    """Return `xml` without numeric references to characters that XML cannot hold."""
    return _ILLEGAL_REFERENCE.sub("", xml) if "&#" in xml else xml
