"""Two bodies or countries named together, later called by what both are: "the companies", "the two countries"."""

import re
from collections.abc import Iterable

from bot.extraction.actors.agreement import NATIONALITIES, same_sort
from bot.extraction.actors.article_state import NEARBY, ArticleState
from bot.extraction.actors.known_actors import Member
from bot.extraction.noun_phrases.phrase import Phrase
from bot.extraction.noun_phrases.spelling import folded, without_article
from bot.extraction.wordlists.countries import COUNTRIES
from bot.extraction.wordlists.lexicon import FIRMS
from bot.model.claims import ActorType
from bot.text.counting import listed

BOTH = re.compile(r"(?:(?P<count>two|both)\s)?(?P<noun>[a-z]+)$")
NATIONS = frozenset(("country", "nation"))
SORTS = FIRMS | {"department", "agency", "airline", "club", "union", "university", "ministry", "party"}


def both_of_two(state: ArticleState, phrase: Phrase, position: int) -> Member | None:
    """Return both of the two that the last sentence with any such names, if `phrase` says what they are."""
    words = BOTH.match(folded(without_article(phrase.text)))
    counted = folded(phrase.text).startswith("both ") or (words is not None and words["count"] is not None)
    if words is None or not phrase.plural or phrase.owner is not None or phrase.tail:
        return None
    noun = re.sub(r"ie$", "y", words["noun"].removesuffix("s"))
    if not (phrase.definite or counted) or noun not in SORTS | NATIONS or (noun in NATIONS and not counted):
        return None
    here = state.sentence(position)
    for sentence in range(here, max(here - NEARBY, 0) - 1, -1):
        start = state.sentence_starts[sentence]
        end = min(position, *state.sentence_starts[sentence + 1 : sentence + 2] or (position,))
        met = list(_met(state, noun, start, end))
        if met:
            return _together(state, met, words["noun"]) if len(met) == 2 else None
    return None


def _met(state: ArticleState, noun: str, start: int, end: int) -> Iterable[Member]:
    """Yield who is named between two offsets and may be called by `noun`, in the order of the text."""
    for member in reversed(state.cast.recent(end, NEARBY)):
        if member.head or member.first_met_in(start, end) is None or folded(member.name) in NATIONALITIES:
            continue
        country = noun in NATIONS and member.type is ActorType.GPE and folded(member.name) in COUNTRIES
        if country or (noun not in NATIONS and member.type is ActorType.ORG and same_sort(member, noun, ())):
            yield member


def _together(state: ArticleState, members: list[Member], noun: str) -> Member:
    """Return the group of `members`, known by `noun`, too."""
    members = sorted(members, key=lambda member: member.mentions[0])
    name = listed([member.name for member in members])
    group = state.cast.named(name)
    if group is None:
        group = state.cast.add(name, ActorType.GROUP, plural=True)
        group.parts = tuple(members)
    state.cast.know_as(group, noun)
    return group
