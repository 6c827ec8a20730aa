"""Whom "who" and "which" go back to: the name, or else the description, right before them."""

import re

from bot.extraction.actors.article_state import NEAR, ArticleState
from bot.extraction.actors.known_actors import Member
from bot.extraction.noun_phrases.phrase import Form, Phrase
from bot.extraction.noun_phrases.reader import read_phrase
from bot.extraction.noun_phrases.spelling import folded, words_of
from bot.extraction.wordlists.lexicon import PEOPLES, PREPOSITIONS, ROLES, SMALL_WORDS
from bot.model.claims import ActorType

DETERMINERS = "a|an|the|some|many|several|two|three|four|five|one|other|those|his|her|its|their"
DETERMINED = re.compile(rf"\b(?:{DETERMINERS})\s+(?:(?!(?:{DETERMINERS})\s)[\w'’-]+\s+){{0,4}}[\w'’-]+$")
PROPER = re.compile(r"(?:[A-ZÀ-Þ][\w’'-]*\s+(?:and\s+)?){2,5}[a-z]+s$")
LAST_WORDS = re.compile(r"(?:([\w'’-]+)\s+)?([\w'’-]+)$")
APART = re.compile(r",|\s[-–—]\s|^(?:\s+(?:is|was))?\s+(?:an?|the)\s")
"""What parts a name from what is said of it: "Jens Holm, a fisherman", "Jens Holm is the fisherman"."""
GOES_ON = re.compile(r"\s+(?:(?:is|was|has|had|will|would)\s+)?([a-z]+)\b")
VERBAL = re.compile(r"(?:s|ed|ing)$")
_PEOPLES = "|".join(word.title() for word in sorted(PEOPLES))
_ADJECTIVE = r"[a-z-]+(?:ous|ful|al|ive|ic|less|[ai]ble|ent|ant|ed|ing|ern|ish|ist|most)"
_WHERE = r"\s(?:in|on|at|from|of)(?:\s[\w’'-]+){1,4}"
_PEOPLE = rf"(?<![\w-])(?P<name>(?:[A-ZÀ-Þ][a-z]+-)?(?:{_PEOPLES}))"
PEOPLE_BEFORE = re.compile(rf"(?:\b{_ADJECTIVE}\s+)?{_PEOPLE}(?:{_WHERE})?$")
"""The people of a party, nation or faith that a clause ends with, and how they are: "nervous Democrats"."""
OWNED_BY = re.compile(r"\b(?:to|of|for|with|by|from|on|against|among)\s+(?:the\s+)?$")
IN_PLACE = re.compile(r"\s(?:in|at|near|outside)\s(?:the\s)?$")
SEVERAL = re.compile(
    r"[\s,–—-]*who\s(?:\w+ly\s|also\s|still\s)?(?:are|were|have|do|say|think|want|believe|fear|hope|feel|know|agree|argue)\b"
)
"""What follows a pronoun that means several."""
CLAUSE = 240
"""Characters before a pronoun in which the people and proper names that it may mean are looked for."""
LONGEST = 8
"""Words that may stand between a name and the pronoun."""


def antecedent(state: ArticleState, word: str, position: int) -> Member | None:
    """Return whose name the pronoun `word` at `position` goes back to; None if it goes back to no name."""
    start, before = _before(state, position)
    people = _people_before(before)
    if people is None:
        return _nearest(state, word, start, before)
    if not _is_bare(people):
        return None
    name = people["name"]  # "Republicans who": nothing else may speak of them
    return state.cast.named(name) or state.cast.add(name, ActorType.GROUP, plural=True)


def description_before(state: ArticleState, word: str, position: int) -> Phrase | None:
    """Return the description that the pronoun `word` at `position` goes back to; None if it goes back to none."""
    start, before = _before(state, position)
    people = _people_before(before)
    if _is_bare(people) if people else _nearest(state, word, start, before):
        return None
    words = people.group() if people else _description_before(before)
    phrase = read_phrase(words) if words else None
    return phrase if phrase and phrase.form is Form.DESCRIPTION else None


def _before(state: ArticleState, position: int) -> tuple[int, str]:
    """Return where the sentence of a pronoun at `position` starts, and its words up to there."""
    start = state.sentence_starts[state.sentence(position)]
    return start, state.article.text[start:position].rstrip(" ,–—-")


def _people_before(before: str) -> re.Match[str] | None:
    """Return the people that the words `before` a pronoun end with: "nervous Democrats"."""
    clause = before[-CLAUSE:]
    people = PEOPLE_BEFORE.search(clause)
    if people and OWNED_BY.search(clause[: people.start()]):
        return None  # "the ambassador to the Palestinians, who"
    return people


def _is_bare(people: re.Match[str]) -> bool:
    """Return whether a people stands without anything that describes it."""
    return folded(people["name"]) == folded(people.group())


def _nearest(state: ArticleState, word: str, start: int, before: str) -> Member | None:
    """Return the last one met in the sentence, unless the pronoun goes back to a noun behind the name."""
    end = start + len(before)
    last = words_of(before)[-1:]
    human = word in ("who", "whom") or (last and folded(last[0]) in ROLES)
    nearest: tuple[int, Member] | None = None
    for member in state.cast.recent(end, NEAR):
        met = member.met_before(end)
        if met is None or met < start or (nearest and met <= nearest[0]):
            continue
        if human and member.type not in (ActorType.PERSON, ActorType.GROUP, ActorType.UNNAMED):
            continue
        nearest = met, member
    if nearest is None:
        return None
    met, member = _seated(state, *nearest) if word == "which" else nearest
    if member.type is ActorType.PERSON and SEVERAL.match(state.article.text, end):
        return None  # "members such as Kovacs, who are"
    between = state.article.text[met:end]
    if not _ends(member, before):
        behind = between[len(member.name) :] if between.startswith(member.name) else between.partition(" ")[2]
        noun = bool(last) and last[0][:1].islower()
        told = GOES_ON.match(behind)
        if told and folded(told[1]) not in PREPOSITIONS | SMALL_WORDS:
            return None  # "Kovacs placates the unions of Brno, who"
        if word == "which" or (noun and not APART.search(behind)):
            return None  # "Kovacs courts young readers who"
    return member if len(between.split()) <= len(member.name.split()) + LONGEST else None


def _seated(state: ArticleState, met: int, member: Member) -> tuple[int, Member]:
    """Return the organisation right before "in" and a place: "the Dialogue Circle in Turkey, which says"."""
    text = state.article.text
    place = IN_PLACE.search(text, max(0, met - 12), met) if member.type is ActorType.GPE else None
    if place is None:
        return met, member
    for other in state.cast.recent(met, 2):
        before = other.met_before(met)
        ends = before is not None and state.name_end(before, other.name) == place.start()
        if before is not None and other.type is ActorType.ORG and ends:
            return before, other
    return met, member


def _ends(member: Member, before: str) -> bool:
    """Return whether the words `before` a pronoun end with a name of `member`, or with its description."""
    last = words_of(before)[-1:]
    names = (member.name, *member.aliases)
    return bool(last) and any(folded(last[0]) in (folded(word) for word in words_of(name)) for name in names)


def _description_before(before: str) -> str | None:
    """Return the words of the description that `before` ends with."""
    determined = DETERMINED.search(before)
    if determined:
        words = determined.group().split()
        cut = max(
            (
                number
                for number, word in enumerate(words)
                if word in PREPOSITIONS - {"of"} and not (word == "for" and folded(words[number - 1]) in ROLES)
            ),
            default=-1,
        )
        return " ".join(words[cut + 1 :])
    found = LAST_WORDS.search(before)
    if found is None:
        return None
    first, last = found.groups()
    proper = PROPER.search(before[-CLAUSE:])
    if proper and " and " in proper.group():
        return proper.group()  # "Northern and Eastern Europe countries"
    joined = first and folded(first) not in SMALL_WORDS and not VERBAL.search(first)
    return f"{first} {last}" if joined else str(last)
