"""Whom "PM" and "the Secretary of State" mean, if only the headline ties the office to the person of the article.

Newspapers put the office into the headline and the name into the first sentence: "Secretary of State pressed on
visas. Marian Kole met students". Only national offices, of which nobody needs to say whose they are, are read so.
"""

import re

from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.known_actors import Member
from bot.extraction.noun_phrases.phrase import Form, Phrase
from bot.extraction.noun_phrases.spelling import folded, words_of
from bot.extraction.wordlists.lexicon import OFFICES, ROLE_FORMS, STANDS_BESIDE
from bot.model.claims import ActorType

OFFICE = re.compile(
    r"(?:Prime Minister|Secretary of (?:State|Defen[cs]e)|"
    r"(?:Home|Foreign|Defen[cs]e|Treasury|Health|Education|Justice|Transport) (?:Secretary|Minister)|"
    r"Attorney General|Chancellor|President|Taoiseach|Premier|First Minister)",
    re.IGNORECASE,
)
NO_LONGER = frozenset(("former", "ex", "deputy", "shadow", "late"))
"""What a role has that is not, or no longer, the office."""
INITIALS = re.compile(r"[A-Z]{2,3}")
SHORT = {"pm": "prime minister"}
SUFFERS = re.compile(r"\s(?:was|were|is|has been|had been|will be)\s")
"""Behind the name of somebody to whom something happens."""
VICTIM_OR_RIVAL = re.compile(
    r"\s(?:has\s|had\s)?(?:accus|blam|su(?:ed|es)|criticis|criticiz|attack|call|ask|urg|want|beg)"
)
"""Behind the name of somebody who turns to the office, and so does not hold it."""


def office_of(text: str) -> str | None:
    """Return the office, in lower case, that a source names and nothing else: "prime minister" for "PM"."""
    bare = re.sub(r"^(?:the|Britain['’]s|our)\s+", "", text.strip(), flags=re.IGNORECASE)
    full = SHORT.get(bare.casefold(), bare).casefold()
    return full if OFFICE.fullmatch(full) else None


class OfficeHolders:
    """Who holds the offices in the headline of one article."""

    def __init__(self, state: ArticleState, headline_end: int) -> None:
        self._state = state
        self._headline_end = headline_end
        self._known: dict[str, Member | None] = {}

    def member(self, phrase: Phrase) -> Member | None:
        """Return the person whom the office `phrase` means; None if the article does not make it clear."""
        if phrase.form not in (Form.NAME, Form.DESCRIPTION) or phrase.plural or phrase.owner is not None:
            return None
        if INITIALS.fullmatch(phrase.text) and (found := self._initialled(phrase.text)) is not None:
            return found
        office = office_of(phrase.text)
        if office is None or not self._is_in_headline(office):
            return None
        if office not in self._known:
            self._known[office] = self._holder(office)
        return self._known[office]

    def _initialled(self, letters: str) -> Member | None:
        """Return the only person whose office has these initials: the Chief Minister for "the CM"."""
        found = [
            member
            for member in self._state.cast.members
            if member.type is ActorType.PERSON
            and (words := [word for word in words_of(member.role or "") if word[0].isupper()])
            and "".join(word[0] for word in words[: len(letters)]) == letters
            and folded(words[len(letters) - 1]) in OFFICES
            and not NO_LONGER & {folded(word) for word in words_of(member.role or "")}
        ]
        return found[0] if len(found) == 1 else None

    def _holder(self, office: str) -> Member | None:
        """Return who is said to hold an office, or else is the only one who can."""
        head = folded(office.rsplit(maxsplit=1)[-1] if " of " not in office else office.split(maxsplit=1)[0])
        holders = [m for m in self._state.cast.members if m.type is ActorType.PERSON and self._holds(m, office)]
        if holders:
            return holders[0] if len(holders) == 1 else None
        return self._who_opens(head)

    def _is_in_headline(self, office: str) -> bool:
        line = self._state.article.text[: self._headline_end]
        short = next((short for short, full in SHORT.items() if full == office), office)
        return re.search(rf"\b(?:{re.escape(office)}|{re.escape(short)})\b", line, re.IGNORECASE) is not None

    @staticmethod
    def _holds(member: Member, office: str) -> bool:
        role = {folded(word) for word in words_of(member.role or "")}
        return {folded(word) for word in words_of(office)} <= role and not role & NO_LONGER

    def _who_opens(self, head: str) -> Member | None:
        """Return the only person who can hold the office: the first sentence opens with one who speaks later."""
        state, text = self._state, self._state.article.text
        people = [
            (place, member)
            for member in state.cast.members
            if member.type is ActorType.PERSON
            and (place := next((at for at in member.mentions if at >= self._headline_end), None)) is not None
        ]
        if not people:
            return None
        place, first = min(people, key=lambda pair: pair[0])
        start = state.sentence_starts[state.sentence(place)]
        if len(words_of(text[start:place])) > 1 or state.sentence(place) > 1:
            return None
        end = state.name_end(place, first.name)
        sentence = text[place : state.article.sentences[state.sentence(place)][1]]
        role = {ROLE_FORMS.get(folded(word), folded(word)) for word in words_of(first.role or "")}
        other = role & (OFFICES | STANDS_BESIDE)
        turns = SUFFERS.match(text, end) or VICTIM_OR_RIVAL.match(text, end) or text[end : end + 1] == ","
        if (
            other
            or turns
            or re.search(rf"\b{head}\b", sentence, re.IGNORECASE)
            or not state.is_source(first.mentions)
        ):
            return None
        return first
