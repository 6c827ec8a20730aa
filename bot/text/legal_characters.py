"""Removes characters that XML, databases and messages cannot hold."""

import re

# Not allowed in XML 1.0 (production Char), SQLite text or messages: C0 controls except tab and line ends,
# lone surrogates, and the two noncharacters.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SURROGATES = re.compile(r"(?:&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*5[5-7][0-9]{3});)+")
_NUMBER = re.compile(r"&#(?:[xX](?P<hexadecimal>[0-9a-fA-F]+)|(?P<decimal>[0-9]+));")
_ILLEGAL_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[1245-9]|2[0-9]|3[01]|6553[45]|11141(?:1[2-9]|[2-9][0-9])|1114[2-9][0-9]{2}|111[5-9][0-9]{3}"
    r"|11[2-9][0-9]{4}|1[2-9][0-9]{5}|[2-9][0-9]{6}|[1-9][0-9]{7,})"
    r"|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF]|1[1-9a-fA-F][0-9a-fA-F]{4}|[2-9a-fA-F][0-9a-fA-F]{5}"
    r"|[1-9a-fA-F][0-9a-fA-F]{6,}));"
)


def legal(text: str) -> str:
    """Return `text` without the characters that XML, databases and messages cannot hold."""
    return _ILLEGAL.sub("", text)


def without_illegal_references(xml: str) -> str:
    """Return `xml` without numeric references to characters that XML cannot hold.

    Two that are the halves of one character become that character: programs that think in UTF-16 write emoji so.
    """
    return _ILLEGAL_REFERENCE.sub("", _SURROGATES.sub(_joined, xml)) if "&#" in xml else xml


def _joined(references: re.Match[str]) -> str:
    units = (
        chr(int(found["decimal"] or found["hexadecimal"], 10 if found["decimal"] else 16))
        for found in _NUMBER.finditer(references.group())
    )
    return "".join(units).encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
