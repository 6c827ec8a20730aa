"""Descriptions that a name stands beside: "The head of the club, Hilde Brekke, went", "Dr Hilde Brekke, head"."""

import re
from bisect import bisect_left

from bot.extraction.actors.article_state import ArticleState

APPOSED = re.compile(r"(?:\s(?:of|for|at|in)\s[^,.;:\n]{1,60})?,\s")
"""Words between a description and the name of the person described."""
INVERTS = re.compile(
    r"(?:Nor|Neither|So|Among\sthem|With\s(?:him|her|them))\s(?:was|were|is|are|did|does|had|has)\s"
)
"""What stands before a subject that follows its verb: "Nor was Ida Roth, a widow"."""
DOING = re.compile(r"\W*[A-ZÀ-Þ]\w+ing\s[^,.;:]*$")
SUBJECT = re.compile(
    r",\s(?:the|an?)\s[a-z-]+\s(?!of\b|for\b|at\b|in\b|from\b|with\b|who\b|to\b|and\b|on\b|by\b)[a-z]+\b"
)
"""What follows a clause that opens a sentence: "Questioning Carla Reeve, the prosecutor asked"."""
OPENING = 40
"""Characters from the start of a sentence to the name of its subject: titles and a role."""


def is_named_behind(state: ArticleState, end: int) -> bool:
    """Return whether a name is put behind a description: "The head of the club, Hilde Brekke, went".

    Or right behind it: "Runner-up Hilde Brekke".
    """
    entities = state.article.entities
    number = bisect_left(state.entity_starts, end)
    if number < len(entities) and entities[number].start == end + 1 and entities[number].label == "PERSON":
        return True
    comma = APPOSED.match(state.article.text, end)
    if comma is None:
        return False
    number = bisect_left(state.entity_starts, comma.end())
    return (
        number < len(entities)
        and entities[number].start == comma.end()
        and entities[number].label == "PERSON"
        and state.article.text[entities[number].end : entities[number].end + 1] == ","
    )


def is_named_before(state: ArticleState, start: int) -> bool:
    """Return whether a description is put behind the name that opens the sentence: "Dr Hilde Brekke, head"."""
    number = bisect_left(state.entity_starts, start) - 1
    if number < 0:
        return False
    name, text = state.article.entities[number], state.article.text
    opening = text[state.sentence_starts[state.sentence(start)] : name.start]
    return (
        name.label == "PERSON"
        and text[name.end : start] == ", "
        and len(opening) < OPENING
        and (not any(word[:1].islower() for word in opening.split()) or INVERTS.fullmatch(opening) is not None)
    )


def is_subject_behind(state: ArticleState, start: int, end: int) -> bool:
    """Return whether a description behind a name is a subject: "Questioning Carla Reeve, the prosecutor asked"."""
    text, opens = state.article.text, state.sentence_starts[state.sentence(start)]
    return SUBJECT.match(text, end) is not None and DOING.match(text, opens, start) is not None
