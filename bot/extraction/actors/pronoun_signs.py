"""What tells whether a pronoun means whom it is taken to mean: lead, antecedent, who came between."""

import math
import re
from bisect import bisect_left
from collections.abc import Sequence

from bot.extraction.actors.antecedents import SURE_ODDS, Candidates, Ranking, weight
from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.known_actors import Certainty, Member
from bot.extraction.noun_phrases.spelling import folded
from bot.extraction.wordlists.lexicon import FEMALE_ROLES, MALE_ROLES
from bot.extraction.wordlists.person_nouns import PERSON_NOUNS
from bot.model.claims import ActorType

RIVALS_BACK = 2
"""Sentences back within which somebody else who agrees with a pronoun is its rival."""
MET = 4
"""How many of the last persons before a pronoun are checked for having come between."""
TELLING = re.compile(
    r"(?:rank 0|met within a content|source somewhere|spoke before|spoke in the paragraph|quoted speaker|"
    r"reported speaker|last subject [01]|last speaker [01]|behind preposition 0|mentioned most|"
    r"(?:adds|replies|of another|quoted|not quoted): (?:last speaker|rank 0))$"
)
"""Signs of a candidate that say how far to trust its lead."""
LOOKED_BACK = 600
"""Characters before a pronoun in which others than those who have a name are looked for."""
SOMEBODY = re.compile(r"\b(?:an?|one|another|the)\s(?:[\w’'-]+\s){0,3}?([a-z]+)\b")
"""Somebody without a name: "a 29-year-old Berlin woman"."""


def lead_of(state: ArticleState, ranking: Ranking, member: Member, position: int) -> dict[str, float]:
    """Return how far a member is ahead of the others whom the pronoun could mean."""
    left = ranking.left
    signs: dict[str, float] = {}
    own = next((weight(each) for other, each in left if other is member), None)
    if own is None:
        return {"no candidate": 1.0}
    lead = own - max((weight(each) for other, each in left if other is not member), default=own - SURE_ODDS)
    signs["lead"] = min(max(lead, -2.0), SURE_ODDS)
    signs["small lead"] = max(0.0, 1.5 - max(lead, 0.0))
    signs["weight"] = min(max(own, -4.0), 8.0)
    signs |= _of_candidates(left, member)
    barred = max(
        (weight(each) for other, each in ranking.agreeing if all(other is not o for o, _ in left)), default=own - 9
    )
    if barred > own:
        signs["likelier one ruled out"] = 1.0
    here = state.sentence(position)
    rivals = [other for other, _ in left if other is not member and _near(state, other, position, here)]
    signs["rivals"] = min(len(rivals), 3)
    if any(other.gender is not None and other.gender == member.gender for other in rivals):
        signs["rival of the same gender"] = 1.0
    if member.gender is None:
        signs["gender not known"] = 1.0
    elif member.certainty is not Certainty.SURE:
        signs[f"gender {member.certainty.name.lower()}"] = 1.0
    if any(other.head for other in rivals):
        signs["rival described"] = 1.0
    if member.head:
        described = "a person" if folded(member.head) in PERSON_NOUNS else "no person"
        signs[f"described as {described}"] = 1.0
    if len(left) == 1:
        far = min(here - state.sentence(max([*member.mentions[: bisect_left(member.mentions, position)], 0])), 2)
        signs[f"alone {far}{', described as a person' if signs.get('described as a person') else ''}"] = 1.0
    return signs


def chain_of(state: ArticleState, member: Member, position: int) -> dict[str, float]:
    """Return how sure that is which the pronoun goes back to, if it is no name, and who came between."""
    last = member.last_met(position)
    sure = state.sureness.get(last, SURE_ODDS)
    signs = {"chain": min(max(sure, -2.0), SURE_ODDS), "weak chain": max(0.0, 1.5 - max(sure, 0.0))}
    named = member.met_before(position)
    if named is not None:
        links = bisect_left(member.echoes, position) - bisect_left(member.echoes, named)
        signs["links"] = math.log1p(max(links, 0))
    return signs | _somebody_between(state, member, last, position) | _names_between(state, member, last, position)


def _somebody_between(state: ArticleState, member: Member, last: int, position: int) -> dict[str, float]:
    """Return whether somebody without a name, whom the pronoun could mean, stands between it and `last`."""
    signs: dict[str, float] = {}
    low = max(last, position - LOOKED_BACK)
    for found in SOMEBODY.finditer(state.article.text, low + 1, position):
        noun = found[1]
        gender = "m" if noun in MALE_ROLES else "f" if noun in FEMALE_ROLES else None
        other = gender is not None and member.gender not in (None, gender)
        if noun not in PERSON_NOUNS or other or state.quoted_at(found.start()):
            continue
        signs["somebody between"] = 1.0
        if gender:
            signs["somebody of a gender between"] = 1.0
        if state.sentence(found.start()) == state.sentence(position):
            signs["somebody between, same sentence"] = 1.0
    return signs


def _names_between(state: ArticleState, member: Member, last: int, position: int) -> dict[str, float]:
    """Return whether another name opens a sentence between `last` and the pronoun, and of which sort."""
    signs: dict[str, float] = {}
    here = state.sentence(position)
    for other in state.cast.recent(position, MET):
        met = other.met_before(position)
        if met is None or met <= last or other is member or not state.opens(met):
            continue
        if other.type is not ActorType.PERSON and " " in other.name and not other.head:
            signs["name of no person between"] = 1.0
        if other.type is ActorType.PERSON and here - state.sentence(met) <= 1:
            signs["another subject between"] = 1.0
    return signs


def _of_candidates(left: Candidates, member: Member) -> dict[str, float]:
    """Return what tells for `member`, and for the likeliest other one whom the pronoun could mean."""
    own = next(signs for other, signs in left if other is member)
    others = [signs for other, signs in left if other is not member]
    found = {f"own {sign}": 1.0 for sign in own if TELLING.match(sign)}
    if others:
        found |= {f"second {sign}": 1.0 for sign in max(others, key=weight) if TELLING.match(sign)}
    return found


def _near(state: ArticleState, member: Member, position: int, here: int) -> bool:
    places: Sequence[int] = member.mentions
    index = bisect_left(places, position)
    return index > 0 and here - state.sentence(places[index - 1]) <= RIVALS_BACK
