"""Whom a name means as a source: a person, an organisation, a country's government, a turn of an interview."""

import re

from bot.extraction.actors.actor_type import gender_of_person
from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.interview_turns import ASKS, is_label, turns
from bot.extraction.actors.known_actors import SUFFIXES, Member
from bot.extraction.noun_phrases.phrase import Phrase
from bot.extraction.noun_phrases.spelling import folded, initials_of, words_of
from bot.extraction.wordlists.countries import ALSO, CAPITALS, COUNTRIES, SEATS
from bot.model.claims import ActorType

GENERATION = re.compile(
    r"(?:(?P<younger>younger|junior)|elder|older|senior)\b(?:\sM(?:r|rs|s)\.?)?$", re.IGNORECASE
)
"""What sets a child apart from a parent of the same name: "the younger Mr. Vance"."""
INITIALS = re.compile(r"[A-Z]{2,4}")


class NamedSources:
    """Resolves the names of one article, whose cast is gathered."""

    def __init__(self, state: ArticleState) -> None:
        self._state = state
        self._cast = state.cast
        self._turns = turns(state.article.text, state.cast.members)

    def turn(self, phrase: Phrase) -> Member | None:
        """Return who speaks in an interview where the label "Q" or "A" stands."""
        if self._turns is None or not is_label(phrase.text):
            return None
        label = folded(phrase.text)
        if label in self._turns:
            return self._turns[label]
        name = "interviewer" if label in ASKS else "interviewee"
        return self._cast.named(name) or self._cast.add(name, ActorType.UNNAMED, head=name)

    def initialled(self, phrase: Phrase, index: int) -> Member | None:
        """Return the person whose initials are the label of a turn, if only one person has them."""
        if self._state.article.claims[index].cue or not INITIALS.fullmatch(phrase.text):
            return None
        found = [
            member
            for member in self._cast.members
            # "IS" for "Glaciologist Ingrid Solheim": what stands in front may be what she does.
            if member.type is ActorType.PERSON
            and " " in member.name
            and initials_of(member.name).endswith(phrase.text)
        ]
        return found[0] if len(found) == 1 else None

    def government(self, phrase: Phrase, position: int) -> Member | None:
        """Return the country for whose government a capital stands: Russia for "Moscow denied it".

        Only if the article is about that country or others, so that no city council speaks for its country.
        """
        country = SEATS.get(folded(phrase.text)) if phrase.label != "PERSON" else None
        if country is None or phrase.role is not None or self._cast.surnamed(phrase.text, position):
            return None
        names = ("European Commission", country) if country == "European Union" else (country,)
        known = [self._cast.named(name) for name in (*names, *ALSO.get(country, ()))]
        member = next((each for each in known if each is not None), None)
        if member is None and not self._is_of_abroad(phrase.text):
            return None
        kind = ActorType.ORG if country == "European Union" else ActorType.GPE
        member = member or self._cast.add(country, kind)
        member.aliases[phrase.text] += 1
        return member

    def _is_of_abroad(self, capital: str) -> bool:
        """Return whether the article names another country or capital."""
        return any(
            each.type is ActorType.GPE
            and each.mentions
            and folded(each.name) != folded(capital)
            and folded(each.name) in COUNTRIES | CAPITALS
            for each in self._cast.members
        )

    def organisation(self, phrase: Phrase, position: int) -> Member | None:
        """Return whom a name means that is not seen to be a person's: by surname, or an organisation or place."""
        if phrase.label == "PERSON":
            return None
        return self._cast.surnamed(phrase.text, position) or self._cast.organisation(phrase.text, position)

    def titled(self, phrase: Phrase) -> Member | None:
        """Return who is known by an office and a surname alone: "King Aurel", beside a Crown Prince Aurel."""
        office = phrase.title or phrase.role
        return self._cast.named(f"{office} {phrase.text}") if office else None

    def person(self, phrase: Phrase, position: int) -> Member | None:
        """Return the person that a name means, or anybody else known by exactly this name."""
        generation = GENERATION.match(phrase.role or "")
        if generation:
            return self._of_generation(phrase.text, younger=generation["younger"] is not None)
        gender = gender_of_person(phrase.text, phrase.title, phrase.role, by_name=False)
        if (titled := self.titled(phrase)) is not None:
            return titled
        if len(phrase.text.split()) == 1:
            peer = self._cast.peer(phrase.text, phrase.title)
            if peer is not None:
                return peer
            return self._cast.person(phrase.text, position, gender) or self._cast.named(phrase.text)
        return self._cast.named(phrase.text) or self._cast.person(phrase.text, position, gender)

    def _of_generation(self, name: str, *, younger: bool) -> Member | None:
        """Return "the younger Mr. Vance", or the elder one, if the article tells of one such person alone."""
        surname = folded(name.rsplit(maxsplit=1)[-1])
        people = [
            member
            for member in self._cast.members
            if member.type is ActorType.PERSON and surname in [folded(word) for word in member.name.split()[1:]]
        ]
        young = [member for member in people if _is_junior(member)]
        found = young if younger else [member for member in people if member not in young]
        return found[0] if len(found) == 1 and (young or len(people) == 1) else None


def _is_junior(member: Member) -> bool:
    """Return whether a name or role tells that somebody is the child of another: "Jr.", "son of"."""
    role = {folded(word) for word in words_of(member.role or "")}
    return folded(member.name.split()[-1]) in SUFFIXES - {"sr"} or bool(role & {"son", "daughter"})
