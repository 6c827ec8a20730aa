"""The dead, who speak less than the living: who is meant if one of those left has died."""

import re
from bisect import bisect_left

from bot.extraction.actors.antecedents import Candidates, weight
from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.known_actors import Member
from bot.extraction.wordlists.lexicon import SINGULAR

DIES = re.compile(
    r"(?:,[^.,\n]{1,80},)?\s(?:(?!(?:said|says|told|that|who|whose|whom|when|as|and|how)\b)[^.!?,\n]){1,60}?\sand\s(?:later\s)?died\b|"
    r"(?:,[^.,\n]{1,80},)?,?\s(?:who\s)?(?:(?:has|had|later|also|suddenly|peacefully)\s)*"
    r"(?:died|dies|passed\saway|drowned|was\s(?:(?:shot|stabbed|beaten|found|pronounced)\s)?(?:and\s)?"
    r"(?:dead|killed|murdered|assassinated|executed|buried|cremated|laid\sto\srest))\b"
)
"""What stands behind the name of somebody who is dead, and what stands before it."""
DEAD = re.compile(
    r"\b(?:the\slate|(?:death|deaths|killing|murder|funeral|body|burial|assassination|widow|widower)\sof|killed|murdered)"
    r"\s(?:[A-ZÀ-Þa-z]+\s){0,3}$"
)
OWN_DEATH = re.compile(
    r"['’]s?\s(?:\w+\s)?(?:death|funeral|body|coffin|burial|remains|murder|killing|widow|widower|grave)\b"
)
WHILE_ALIVE = re.compile(
    r"\b(?:once|before\s(?:his|her|their)\sdeath|(?:19|20)\d\d|years?\s(?:ago|earlier|before)|diary|will|letter|note)\b"
)
"""What a report of what the dead once said has near it."""
LONG_AGO = re.compile(r"\W*(?:Back\s)?[Ii]n\s(?:an?\s)?(?:\w+\s){0,4}?(?:19|20)\d\d\b")
"""What opens a sentence of what somebody said long ago: nobody can be sure whether the dead or the living did."""
HABIT = re.compile(r"had\b|(?:liked|loved|used)\sto\b|(?:often|always|never|famously)\s")
USED_TO = re.compile(r"(?:liked|loved|used)\sto\b")
"""What a cue opens with that tells what somebody used to say, the second only where he or she no longer can."""
LOOKED_AT, REACH, NEAR = 30, 600, 3
"""Mentions of somebody, characters before a pronoun, and sentences before it, that are looked at."""


def alive(state: ArticleState, rows: Candidates, word: str, position: int, index: int) -> Candidates:
    """Leave out the dead, if somebody else was met lately and nothing says that this was said long ago."""
    if len(rows) < 2:
        return rows
    sentence = max(state.sentence_starts[state.sentence(position)], position - REACH)
    text, claim = state.article.text, state.article.claims[index]
    cues = [text[a:b] for a, b in claim.cue]
    around = text[sentence : position + 80]
    for start, end in claim.content:  # "I met him once" tells nothing of when this was said
        if end > sentence:
            around = around.replace(text[max(start, sentence) : end], " ")
    if any(USED_TO.match(cue) for cue in cues):
        dead = [
            row for row in rows if row[0].gender in (None, SINGULAR[word]) and _is_dead(state, row[0], position)
        ]
        return dead if len(dead) == 1 else rows
    if LONG_AGO.match(text, sentence, position):
        dead = [row for row in rows if _is_dead(state, row[0], position)]
        best = max(rows, key=lambda row: weight(row[1]))
        return () if dead and best not in dead else rows
    if WHILE_ALIVE.search(around) or any(HABIT.match(cue) for cue in cues):
        return rows
    here = state.sentence(position)
    living = [row for row in rows if row[0].speaks or not _is_dead(state, row[0], position)]
    living = [row for row in living if row[0].gender in (None, SINGULAR[word])]
    near = [row for row in living if here - state.sentence(row[0].last_met(position)) <= NEAR]
    return living if near else rows


def _is_dead(state: ArticleState, member: Member, position: int) -> bool:
    """Return whether the article has said so far that `member` died."""
    text = state.article.text
    before = bisect_left(member.mentions, position)
    for place in member.mentions[max(0, before - LOOKED_AT) : before]:
        end = state.name_end(place, member.name)
        if DIES.match(text, end) or OWN_DEATH.match(text, end) or DEAD.search(text, max(0, place - 60), place):
            return True
    return False
