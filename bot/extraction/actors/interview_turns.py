"""Who asks and who answers where an interview marks its turns with letters: Q and A."""

import re
from collections.abc import Sequence

from bot.extraction.actors.known_actors import Member
from bot.extraction.noun_phrases.spelling import folded
from bot.model.claims import ActorType

ASKS, ANSWERS = ("q", "question", "interviewer"), ("a", "answer", "interviewee")
TURN = re.compile(r"^\s*(?:Q|Question|Interviewer)\s*[:.\n]", re.MULTILINE)
CREDIT = re.compile(r"\b(?:[Bb]y|[Ii]nterview(?:ed)?:?|[Aa]s told to)\s*$")
TALKS = re.compile(
    r"\b(?:talk|speak|spoke|chat|sat down|sits down|interview|conversation|ask|question|told|tell)\w*\b"
)


def is_label(text: str) -> bool:
    """Return whether a source is only the letter or word that marks a turn."""
    return folded(text) in ASKS + ANSWERS


def turns(text: str, members: Sequence[Member]) -> dict[str, Member] | None:
    """Return who asks and who answers by the labels in use, as the introduction tells it; None for no interview.

    Who answers is the one of whom there is most to read; the other one whom the introduction names asks. Whoever
    it does not name is left out.
    """
    first = TURN.search(text)
    if first is None:
        return None
    introduced = [
        member
        for member in members
        if member.type is ActorType.PERSON and member.mentions and member.mentions[0] < first.start()
    ]
    credited = [member for member in introduced if CREDIT.search(text[: member.mentions[0]][-20:])]
    others = [member for member in introduced if member not in credited]
    found: dict[str, Member] = {}
    if others:
        answers = max(others, key=lambda member: (len(member.mentions), -member.mentions[0]))
        found = dict.fromkeys(ANSWERS, answers)
        others.remove(answers)
    talked = bool(TALKS.search(text[: first.start()]))
    asks = credited[0] if credited else others[0] if len(others) == 1 and talked else None
    return found | (dict.fromkeys(ASKS, asks) if asks else {})
