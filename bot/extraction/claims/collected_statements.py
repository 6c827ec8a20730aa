"""Statements that an article only collects, each under a line that says whose it is: "Ines Holm of the Union:".

What stands between two such lines is said by whoever the first names, though it has neither marks nor a verb.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from bot.extraction.noun_phrases.spelling import folded
from bot.extraction.wordlists.lexicon import ORGANISATIONS
from bot.model.claims import Claim, Kind, Span, Wording

_NAME = r"[A-ZÀ-Þ][\w.’'-]*"
PERSON = re.compile(
    rf"(?P<name>{_NAME}(?:\s{_NAME}){{1,3}})(?P<role>\s(?:of|from|at|for)\s(?:the\s)?[A-ZÀ-Þ][^:.!?“”\"\n]{{2,80}}|"
    r",\s[^:.!?“”\"\n]{3,90}|\s\([^():\n]{2,80}\)):"
)
"""A line with a person and where he or she belongs."""
BODY = re.compile(rf"(?P<name>(?:The\s)?{_NAME}(?:\s(?:(?:for|of|on|and|the|to|in)\s)*{_NAME}){{1,7}}):")
"""A line with the name of an organisation: believed only beside those of persons."""
NO_NAME = re.compile(
    r"\b(?:Here|Key|More|Read|Main|What|Why|How|Who|When|Where|Facts?|Points?|Related|Watch|Photos?|Video|Update|Statement|Note|"
    r"Analysis|Background|Timeline|Sources?|Questions?|Results?|Contact)\b"
)
LINE = re.compile(r"\S[^\n]*")
ENDS = re.compile(r"[.!?…][”\"’')]*$")
LONGEST_LABEL = 160
FEWEST = 2
"""Persons that such a text names before statements, at least."""
SHORTEST = 5
"""Words of a statement."""
MOST = 12
"""Paragraphs of one statement."""
CONFIDENCE = 0.9
"""As of the turn of an interview whose label names the speaker."""
PLAIN = 0.95


def collected_statements(text: str) -> list[tuple[Span, tuple[Span, ...]]]:
    """Return the spans of name and paragraphs of each statement of `text`; nothing if it collects none."""
    lines = [(found.start(), found.start() + len(found.group().rstrip())) for found in LINE.finditer(text)]
    labels: dict[int, Span] = {}
    persons = 0
    for number, (start, end) in enumerate(lines):
        if end - start > LONGEST_LABEL or text[end - 1] != ":" or NO_NAME.search(text, start, end):
            continue
        person = PERSON.fullmatch(text, start, end)
        if person and (person["name"].startswith("The ") or folded(person["name"].split()[-1]) in ORGANISATIONS):
            person = None
        found = person or BODY.fullmatch(text, start, end)
        if found:
            labels[number] = found.span("name")
            persons += person is not None
    if persons < FEWEST:
        return []
    return [(name, said) for number, name in labels.items() if (said := _paragraphs(number, lines, labels, text))]


def _paragraphs(number: int, lines: Sequence[Span], labels: dict[int, Span], text: str) -> tuple[Span, ...]:
    """Return the paragraphs behind a label: whole sentences, up to the next label or a line that is none."""
    found: list[Span] = []
    for place in range(number + 1, min(number + 1 + MOST, len(lines))):
        start, end = lines[place]
        if place in labels or not ENDS.search(text, max(start, end - 4), end):
            break
        found.append((start, end))
    words = sum(len(text[start:end].split()) for start, end in found)
    return tuple(found) if words >= SHORTEST else ()


def with_collected_statements(claims: Sequence[Claim], text: str) -> list[Claim]:
    """Return `claims` and, in place of those within them, the statements that `text` collects, in order."""
    found = collected_statements(text)
    if not found:
        return list(claims)
    ends = [said[-1][1] for _, said in found]

    def is_said(position: int) -> bool:
        """Return whether `position` stands within a statement."""
        number = bisect_right(ends, position)
        return number < len(found) and found[number][1][0][0] <= position

    kept = [claim for claim in claims if not any(is_said(start) for start, _ in claim.content)]
    kept += [_claim(name, said) for name, said in found]
    return sorted(kept, key=lambda claim: min((*claim.source, *claim.cue, *claim.content)))


def _claim(name: Span, said: tuple[Span, ...]) -> Claim:
    return Claim(
        source=(name,),
        cue=(),
        content=said,
        actor=None,
        kind=Kind.STATEMENT,
        verbatim=Wording.VERBATIM,
        confidence=CONFIDENCE,
        evidence=(name[0], said[-1][1]),
        kind_confidence=PLAIN,
    )
