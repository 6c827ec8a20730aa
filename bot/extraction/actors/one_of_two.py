"""Who "the former" and "the latter" are: the first and the second of the two that were last named together."""

from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.known_actors import Member
from bot.extraction.noun_phrases.phrase import Phrase
from bot.extraction.noun_phrases.spelling import folded
from bot.model.claims import ActorType

WHICH = {"former": 0, "latter": 1}
BACK = 4
"""Sentences that are looked back over for two named together."""


def is_one_of_two(phrase: Phrase) -> bool:
    """Return whether a description is "the former" or "the latter" and nothing else."""
    return phrase.definite and phrase.owner is None and folded(phrase.text) in WHICH


def one_of_two(state: ArticleState, phrase: Phrase, position: int) -> Member | None:
    """Return which of two `phrase` means at `position`; None if it is not clear that just two were named."""
    here = state.sentence(position)
    for sentence in range(here, max(here - BACK, 0) - 1, -1):
        start = state.sentence_starts[sentence]
        end = state.sentence_starts[sentence + 1] if sentence < here else position
        named = [
            (met, member)
            for member in state.cast.recent(end, 20)
            if not member.head and (met := member.first_met_in(start, end)) is not None
        ]
        for kinds in ((ActorType.PERSON,), (ActorType.ORG,), (ActorType.GPE,)):
            pair = sorted(
                ((met, member) for met, member in named if member.type in kinds), key=lambda each: each[0]
            )
            if len(pair) > 1:
                return pair[WHICH[phrase.head]][1] if len(pair) == 2 else None
    return None
