"""Somebody named who is called otherwise a sentence later: "Mara Tinsley said no. “He is fast,” the captain said".

Writers avoid saying a name twice. A description that nothing before it introduces means whoever spoke last in
the same paragraph, unless something speaks against it: a role of another sort, another person between them, the
gender. Other sentences tell it outright: "The mayor said so. Ada Quist also said", or who answers when an office
was asked.
"""

import re

from bot.extraction.actors.agreement import NATIONALITIES, words_of_role
from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.known_actors import Member
from bot.extraction.noun_phrases.phrase import Form, Phrase
from bot.extraction.noun_phrases.roles import CALLINGS
from bot.extraction.noun_phrases.spelling import folded, without_article, words_of
from bot.extraction.wordlists.lexicon import (
    FEMALE_ROLES,
    KIN,
    MALE_ROLES,
    OFFICES,
    OFFICIALS,
    ROLES,
    RUNNING,
    STAY_UNNAMED,
)
from bot.extraction.wordlists.person_nouns import PERSON_NOUNS
from bot.model.claims import ActorType

RECENT = 12
"""Mentions before a description that are looked at for somebody else."""
ALSO = re.compile(r"(?:,[^,.\n]{1,80},)?\s(?:also|then|later|further|went\son\sto)\s[a-z]")
"""Words behind the name of the previous speaker, who continues: "also", "then" and the like."""
ADDS = re.compile(r"(?:add(?:s|ed)?|continue[ds]?|went\son|concluded)\b")
ATTITUDE = re.compile(
    r"(?:,\s(?:aged\s)?\d\d,)?\s(?:was|is|seemed|sounded|looked)\s(?:not\s|less\s|more\s|un)?\w+"
)
"""Behind a name, how its bearer takes something: "Gary, 41, was less impressed"."""
PLAYERS = frozenset(
    (
        *("striker", "midfielder", "defender", "goalkeeper", "keeper", "winger", "forward", "bowler", "batsman"),
        *("batter", "pitcher", "quarterback", "centre-back", "full-back", "captain", "skipper", "player"),
    )
)
"""What players are called by turns: the captain is "the defender"."""
PEOPLE = ROLES | PERSON_NOUNS | OFFICES | PLAYERS
OFFICIAL = (
    OFFICES
    | OFFICIALS
    | STAY_UNNAMED
    | frozenset(
        ("chief", "head", "director", "boss", "owner", "manager", "sheriff", "referee", "officer", "leader")
    )
)
"""Whom a report brings in without saying who it is: "the police chief said"."""
AGE = re.compile(r",\s(?:aged\s)?\d{1,3}\b|\s\(\d{1,3}\)")
FEW = 5
"""Mentions of somebody that are looked at for an age."""
AGED = re.compile(r"\d+-?year-?old")
REPLIES = re.compile(
    r"(?:repl(?:y|ies|ied)|answer(?:s|ed)?|respond(?:s|ed)?|retort(?:s|ed)?|countered|hit\sback|shot\sback)\b"
)
ADDRESSED = re.compile(
    r"(?:on\s|that\s)?the\s(?P<office>(?:[a-z-]+\s){0,2}[a-z-]+)\s(?:to|whether|if|why|what|how|when|who|not)\b"
)
"""An office that something is asked of: "called on the prime minister to go"."""
RUNS = {
    frozenset(("department", "ministry", "private office")): frozenset(("minister", "secretary")),
    frozenset(("government", "cabinet", "administration")): frozenset(
        ("president", "premier", "governor", "chancellor")
    ),
    frozenset(("parish", "diocese", "congregation")): frozenset(
        ("vicar", "bishop", "archbishop", "rector", "priest")
    ),
}
"""What is somebody's who holds one of these offices: "Quist and her department" makes her the minister."""
OWNED = "|".join(noun for nouns in RUNS for noun in sorted(nouns))
NOT_PRIME = frozenset(("prime", "first", "deputy", "shadow", "former", "junior"))


class CalledAnew:
    """Finds who of one article is meant by a description that nothing before it introduces."""

    def __init__(self, state: ArticleState) -> None:
        self._state = state

    def member(self, phrase: Phrase, position: int, index: int) -> Member | None:
        """Return whom the description `phrase`, the source of the claim `index`, calls by another word."""
        if phrase.plural or phrase.owner is not None or not phrase.definite or phrase.form is not Form.DESCRIPTION:
            return None
        if self._is_by_nature(phrase):
            found = self.only_one(phrase, position) or self._spoke_before(phrase, index)
            return self._told(found, position)
        if phrase.head not in PEOPLE or phrase.head in KIN:
            return None
        found = self._also_named(phrase, index) or self._who_runs(phrase) or self._spoke_before(phrase, index)
        return self._told(found, position)

    @staticmethod
    def _is_by_nature(phrase: Phrase) -> bool:
        """Return whether a description tells age or nation: "the 58-year-old forester", "the Portuguese"."""
        words = [folded(word) for word in words_of(without_article(phrase.text))]
        national = bool(words) and words[0] in NATIONALITIES and words[-1] not in OFFICIAL
        return national or (any(AGED.fullmatch(word) for word in words) and phrase.head not in OFFICIAL)

    def _told(self, member: Member | None, position: int) -> Member | None:
        """Record that the article itself says who is meant at `position`, if it is `member`."""
        if member is not None:
            self._state.told.add(position)
        return member

    def only_one(self, phrase: Phrase, position: int) -> Member | None:
        """Return the only person named so far for "the 34-year-old", if the article has named but one."""
        people = [
            member
            for member in self._state.cast.recent(position, RECENT * 2)
            if member.type is ActorType.PERSON and not member.head
        ]
        if len(people) != 1 or not phrase.definite or not self._may_be(people[0], phrase):
            return None
        if self._is_introduced(without_article(phrase.text), position):
            return None
        if AGED.search(phrase.text) and any(
            AGE.match(self._state.article.text, self._state.name_end(at, "")) for at in people[0].mentions[:FEW]
        ):
            return None  # of another age
        return self._told(people[0], position)

    def answers_for(self, member: Member, index: int) -> None:
        """Give a person without a role who answers what an office was asked that office: "Quist replied that"."""
        state, text = self._state, self._state.article.text
        claim = state.article.claims[index]
        if member.type is not ActorType.PERSON or member.role or not claim.cue or not state.done:
            return
        if not REPLIES.match(text, claim.cue[0][0]) or not text.startswith(member.name, claim.source[0][0]):
            return
        for number in state.done[-1:-4:-1]:
            before = state.article.claims[number]
            if state.speakers[number] is member or not before.content or not before.cue:
                continue
            asked = ADDRESSED.match(text, before.content[0][0])
            near = state.sentence(claim.source[0][0]) - state.sentence(before.cue[0][0]) <= 3
            if asked is None or not near:
                continue
            office = asked["office"]
            noun = folded(office.rsplit(maxsplit=1)[-1])
            if noun in OFFICES and not self._is_held(office) and self._fits_gender(member, noun):
                member.role = office
            return

    def _spoke_before(self, phrase: Phrase, index: int) -> Member | None:
        """Return who spoke in the sentence before, in the same paragraph, if nobody else can be meant.

        Or whom that sentence opens with, if it is about nobody else and the description is no office: "Mara
        Tinsley makes coffee. The Kenyan runner has announced".
        """
        state, text = self._state, self._state.article.text
        words = without_article(phrase.text)
        claim = state.article.claims[index]
        if not claim.content or not claim.cue or phrase.head in RUNNING:
            return None
        place = claim.source[0][0]
        first = min(claim.content[0][0], place)
        number = state.sentence(first)
        start = state.sentence_starts[max(number - 1, 0)]
        if number == 0 or "\n" in text[start:first] or self._is_introduced(words, first):
            return None
        member, spoke = self._of_sentence(start, first)
        if (
            member is None
            or member.seat
            or not self._may_be(member, phrase)
            or self._has_other_role(member, phrase)
        ):
            return None
        end = state.name_end(start, member.name)
        goes_on = ADDS.match(text, claim.cue[0][0]) is not None or ATTITUDE.match(text, end) is not None
        alone = len(words.split()) < 2 and not self._is_by_nature(phrase)  # "the judge" may be anybody
        goes_on = goes_on or (spoke and phrase.head in PLAYERS)
        if (alone and not (goes_on and phrase.head not in OFFICIAL)) or (not spoke and phrase.head in OFFICIAL):
            return None
        if words.islower() and any(phrase.head in words_of_role(other.role) for other in state.cast.members):
            return None  # the article says who else that is
        others = [
            other
            for other in state.cast.recent(place, RECENT)
            if other is not member and (other.met_before(place) or -1) >= start and self._may_be(other, phrase)
        ]
        return None if others else member

    def _has_other_role(self, member: Member, phrase: Phrase) -> bool:
        """Return whether somebody is known to be something else than the description says."""
        roles = {folded(word) for word in words_of(member.role or "")} & CALLINGS
        return bool(roles) and not (self._is_by_nature(phrase) or (phrase.head in PLAYERS and roles <= PLAYERS))

    def _of_sentence(self, start: int, end: int) -> tuple[Member | None, bool]:
        """Return who spoke last from `start`, and True; or else whom the sentence opens with, and False."""
        state = self._state
        last = state.done[-1] if state.done else None
        if last is not None and state.speakers[last] is not None and state.article.claims[last].source:
            place = state.article.claims[last].source[0][0]
            if start <= place < end:
                return state.speakers[last], True
        for member in state.cast.recent(end, RECENT):
            met = member.first_met_in(start, end)
            if member.type is ActorType.PERSON and met is not None and state.opens(met):
                return member, False
        return None, False

    def _also_named(self, phrase: Phrase, index: int) -> Member | None:
        """Return the person who opens the next sentence and "also" says something there."""
        state, text = self._state, self._state.article.text
        claim = state.article.claims[index]
        if not claim.cue or phrase.head not in OFFICES:
            return None
        number = state.sentence(claim.cue[0][0]) + 1
        if number >= len(state.sentence_starts):
            return None
        start = state.sentence_starts[number]
        if "\n" in text[claim.cue[0][0] : start].rstrip() + text[max(0, start - 2) : start].strip(" "):
            return None
        for member in state.cast.members:
            if start in member.mentions and self._may_be(member, phrase) and member.role is None:
                return member if ALSO.match(text, state.name_end(start, member.name)) else None
        return None

    def _who_runs(self, phrase: Phrase) -> Member | None:
        """Return the only person whose department the article speaks of, for "the transport secretary"."""
        words = {folded(word) for word in words_of(phrase.text)}
        nouns = next((nouns for nouns, offices in RUNS.items() if phrase.head in offices), None)
        if nouns is None or words & NOT_PRIME or self._is_held(without_article(phrase.text)):
            return None
        found = [
            member
            for member in self._state.cast.members
            if member.type is ActorType.PERSON and member.role is None and self._may_be(member, phrase)
            if self._owns(member, nouns)
        ]
        return found[0] if len(found) == 1 else None

    def _owns(self, member: Member, nouns: frozenset[str]) -> bool:
        """Return whether the text speaks of `nouns` of `member`: "Quist and her department"."""
        text, state = self._state.article.text, self._state
        for place in member.mentions[:RECENT]:
            end = state.article.sentences[state.sentence(place)][1]
            for owned in re.finditer(rf"\b(?:his|her)\s(?:own\s)?(?P<noun>{OWNED})\b", text[place:end]):
                between = text[state.name_end(place, member.name) : place + owned.start()]
                if owned["noun"] in nouns and (between.strip() == "and" or state.opens(place)):
                    return not state.quoted_at(place)
        return False

    def _is_held(self, office: str) -> bool:
        """Return whether somebody of the article is already known to hold an office."""
        words = {folded(word) for word in words_of(office)}
        return any(
            words <= {folded(word) for word in words_of(member.role or "")}
            for member in self._state.cast.members
            if member.type is ActorType.PERSON
        )

    def _is_introduced(self, words: str, position: int) -> bool:
        """Return whether the text before speaks of somebody in the same words already."""
        return (
            re.search(rf"\b{re.escape(words)}\b", self._state.article.text[:position], re.IGNORECASE) is not None
        )

    def _may_be(self, member: Member, phrase: Phrase) -> bool:
        return member.type is ActorType.PERSON and not member.head and self._fits_gender(member, phrase.head)

    @staticmethod
    def _fits_gender(member: Member, noun: str) -> bool:
        gender = "m" if noun in MALE_ROLES else "f" if noun in FEMALE_ROLES else None
        return gender is None or member.gender in (None, gender)
