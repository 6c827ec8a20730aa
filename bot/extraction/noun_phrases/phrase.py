"""How a source refers to whoever speaks: what is read of its words, before the article is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Form(Enum):
    """How a source refers to whoever speaks."""

    PRONOUN = "pronoun"
    NAME = "name"
    DESCRIPTION = "description"
    JOINT = "joint"
    NONE = "none"


Names = Sequence[tuple[str, str]]
"""Names with their labels: PERSON, ORG or LOC."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a source says.

    `text` is the name, the description without article, or the pronoun in lower case. `label` is the
    kind of name (PERSON, ORG, LOC) where that is seen. `head` is a description's noun in lower case, `owner`
    whoever owns it ("Clinton" of "Clinton's aides", or a possessive pronoun), `parts` the phrases that are joined,
    `tail` the clause behind a description that is no part of it.
    """

    form: Form
    text: str
    label: str | None = None
    role: str | None = None
    title: str | None = None
    head: str = ""
    owner: str | None = None
    definite: bool = False
    plural: bool = False
    parts: tuple["Phrase", ...] = ()
    tail: str = ""


NOTHING = Phrase(Form.NONE, "")
