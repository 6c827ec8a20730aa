"""The words of a description: its noun, what tells it apart, who made it, and whose it is."""

import re

from bot.extraction.actors.actor_type import type_of_description
from bot.extraction.actors.known_actors import Member
from bot.extraction.noun_phrases.clauses import without_time
from bot.extraction.noun_phrases.phrase import Phrase
from bot.extraction.noun_phrases.spelling import folded, without_article, words_of
from bot.extraction.wordlists.lexicon import DOCUMENTS, FEMALE_ROLES, HEADLESS, MALE_ROLES, ROLE_FORMS, SINGULAR

OWNERS = frozenset(SINGULAR) | {"its", "their", "my", "our", "whose"}
ONE_OF = re.compile(
    r"(one|two|three|four|some|many|most|several|both|all|none|neither|another|each) of (?:them|whom)$"
)
MADE_BY = re.compile(r"\b(?:from|by|of|on behalf of)\s+(.*)$", re.DOTALL)
CLAUSE = re.compile(r"(?:that|which|who|whose)\b")
NOT_MADE = re.compile(r"(?:commissioned|seen|obtained|reviewed|verified|quoted|cited)\b")

SEEN = re.compile(
    r"(?:seen|obtained|reviewed|viewed|accessed|leaked|shown|passed|sent)\s(?:by|to)\s(?:the\s)?"
    r"[A-ZÀ-Þ][\w’'.-]*(?:\s[A-ZÀ-Þ][\w’'.-]*){0,3}"
)
"""What stands behind a document that somebody got."""
LEAKED = frozenset(("messages", "letters", "memos", "minutes", "files", "notes", "texts", "slides"))


def described(phrase: Phrase, text: str) -> Member:
    """Return one who is known by nothing but the description `text`."""
    gender = "m" if phrase.head in MALE_ROLES else "f" if phrase.head in FEMALE_ROLES else None
    return Member(text, type_of_description(phrase), gender=gender, plural=phrase.plural, head=phrase.head)


def parts_of(phrase: Phrase) -> tuple[list[str], list[str]]:
    """Return the words of a description, and those besides its noun in the form in which they are compared."""
    words = words_of(without_article(phrase.text))
    return words, [ROLE_FORMS.get(folded(word), folded(word)) for word in words if folded(word) != phrase.head]


def counted(phrase: Phrase) -> str:
    """Return the "one" of "one of them", empty for any other description."""
    found = ONE_OF.match(folded(phrase.text))
    return found[1] if found else ""


def maker_of(phrase: Phrase) -> str | None:
    """Return "the ministry" for "a statement from the ministry", None if no such words follow."""
    tail = "" if CLAUSE.match(phrase.tail) else phrase.tail  # "research that may force a rewrite of the map"
    made = MADE_BY.search(without_time(f"{phrase.text} {tail}".strip()))
    return made[1] if made and not NOT_MADE.match(phrase.tail) else None


def with_owner(phrase: Phrase, owner: Member) -> str:
    """Return the text of a description with its owner's name: "Chen’s aides" for "his own aides"."""
    text = phrase.text
    if phrase.owner in HEADLESS or folded(phrase.owner or "") in OWNERS:
        rest = text.split(None, 1)[1] if folded(text.split()[0]) == folded(phrase.owner or "") else text
        rest = re.sub(r"^own\s+", "", rest)
        if owner.plural and owner.name.endswith("s") and " " not in owner.name:
            return f"{owner.name}’ {rest}"
        return f"{owner.name}’s {rest}" if not owner.plural else f"{rest} of {owner.name}"
    return re.sub(r"^.*?(?=['’]s?\s)", lambda _: owner.name, text, count=1)


def with_reader(phrase: Phrase, text: str) -> str:
    """Return the text of a document with who got it, if that stands behind it: "messages seen by the Courier"."""
    reader = SEEN.match(phrase.tail)
    if reader is None or phrase.owner is not None or phrase.head not in DOCUMENTS | LEAKED:
        return text
    return f"{text} {reader.group()}"
