"""Pronouns before the name that they mean: "As he was led away, Rawcliffe turned".

In a clause that opens a sentence and depends on it, "he" is the subject of the main clause, if that is named right
behind the comma and nobody is named before.
"""

import re
from bisect import bisect_left

from bot.extraction.actors.agreement import agreement
from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.known_actors import Member
from bot.model.claims import ActorType

OPENS = re.compile(
    r"(?:As|When|While|After|Before|If|Although|Though|Once|Until|Because|Since|Even\sthough|Having|Asked|By\sthe\stime|"
    r"Despite|In|For|With|On)\s[^,.;:!?“”\"\n]*$"
)
"""What opens a sentence up to the pronoun."""
COMMA = re.compile(r"[^,.;:!?“”\"\n]*,\s(?:(?:Dr|Mr|Mrs|Ms|Sir|Dame|Lord|Lady|Prof)\.?\s)?")
"""The rest of the clause, up to the subject of the main one."""
VERB = re.compile(r"(?:,[^,.;\n]{1,80},)?\s[a-z]")
LONGEST = 160


class Cataphora:
    """Finds the names behind pronouns that stand before them in one article."""

    def __init__(self, state: ArticleState) -> None:
        self._state = state

    def subject(self, word: str, position: int) -> Member | None:
        """Return the subject of the sentence whose opening clause has the pronoun `word` at `position`."""
        state, text = self._state, self._state.article.text
        number = state.sentence(position)
        start, end = state.article.sentences[number]
        if position - start > LONGEST or OPENS.match(text, start, position) is None:
            return None
        comma = COMMA.match(text, position, min(end, position + LONGEST))
        first = bisect_left(state.entity_starts, start)
        if comma is None or first >= len(state.entity_starts) or state.entity_starts[first] != comma.end():
            return None
        entity = state.article.entities[first]
        if entity.label != "PERSON" or VERB.match(text, entity.end) is None:
            return None
        for member in state.cast.members:
            if member.type is ActorType.PERSON and comma.end() in member.mentions:
                return member if agreement(member, word) is not None else None
        return None
