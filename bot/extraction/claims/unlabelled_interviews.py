"""Interviews whose questions stand as paragraphs of their own, without a label: each is answered in the next one.

The answers have neither marks nor verbs of speech. Whose they are the introduction says: "We spoke to Ines Holm",
or "Holm answered our questions". If it does not, nobody says anything.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from bot.model.claims import Claim, Kind, Span, Wording

LINE = re.compile(r"\S[^\n]*")
QUESTION = re.compile(r"(?:Q[:.]\s+|[-–—]\s)?[^“”\"\n]{12,400}\?")
ADDRESSED = re.compile(r"\b(?:you|your|you['’](?:re|ve|d|ll))\b", re.IGNORECASE)
OWN = re.compile(r"\b(?:I|we|my|our|me|us|I['’](?:m|ve|d|ll)|we['’](?:re|ve|d|ll))\b", re.IGNORECASE)
MARKED = re.compile(r"[“\"‘']")
FEWEST = 3
"""Questions that such an interview has at least, two of them put to "you"."""
SHARE = 0.6
"""Share of the answers that speak of "I" or "we", at least."""
SHORTEST = 4
"""Words of an answer that says something."""
_TALKED = (
    r"(?:spoke|talked|speaks|talks|sat\sdown|sits\sdown|caught\sup|catches\sup|chatted|chats|met|interviewed|interviews|"
    r"called\sup|phoned|rang|reached)"
)
_ROLE = r"(?:(?:the|its|our|an?|former|Dr|Prof|Professor|Mr|Mrs|Ms|Sen|Rep|Gov)\.?\s(?:[\w’'-]+\s){0,7})?$"
ASKED = re.compile(
    rf"\b(?P<asker>[Ww]e|I|(?:[Tt]he\s)?(?!(?:He|She|They)\b)[A-ZÀ-Þ][\w.’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*){{0,3}})\s"
    rf"(?:recently\s|also\s|then\s)?{_TALKED}\s(?:(?:last|this|earlier)\s\w+\s)?(?:(?:over|on|by)\s\w+\s)?(?:to\s|with\s)?{_ROLE}|"
    rf"\b(?:[Ii]nterview|[Cc]onversation|Q&A)\swith\s{_ROLE}"
)
"""Right before whoever is interviewed: "We spoke to the fisher", "Salon called up", "The interview with"."""
ANSWERS = re.compile(
    r"(?:,[^,.\n]{3,120},)?\s(?:recently\s|also\s|then\s)?(?:(?P<talked>(?:spoke|talked|sat\sdown|chatted|speaks|talks)\s(?:to|with)\s)"
    r"(?!(?:him|her|them)\b)|(?:shared|answers|answered|discusses|discussed|told\sus|took\sour)\b)"
)
"""Right behind whoever is interviewed: "shared her thoughts with the Post"."""
NEAR = 60
"""Characters behind "spoke with" in which somebody is named who may be the one who answers."""
LONGEST_LEAD = 160
"""Characters before a name in which it says that somebody was asked."""
INTRODUCED = 4_000
"""Characters of an introduction."""
CONFIDENCE = 0.85
"""A little less than that of a turn with a label."""
PLAIN = 0.95

Named = tuple[int, int, str]


def answers_in(text: str, names: Sequence[Named]) -> list[tuple[Span, ...]]:
    """Return for each answer the spans of its name and of its paragraphs; nothing if `text` is no such interview.

    `names` are those found in the text, with their types.
    """
    lines = [(found.start(), found.start() + len(found.group().rstrip())) for found in LINE.finditer(text)]
    questions = [number for number, (start, end) in enumerate(lines) if QUESTION.fullmatch(text, start, end)]
    asked = [number for number, after in pairwise([*questions, len(lines)]) if number + 1 < after]
    own = [number for number in asked if _is_own(text, lines[number + 1])]
    to_you = sum(ADDRESSED.search(text, *lines[number]) is not None for number in asked)
    if len(asked) < FEWEST or to_you < FEWEST - 1 or len(own) < SHARE * len(asked):
        return []
    speaker = _interviewed(text[: min(lines[asked[0]][0], INTRODUCED)], names)
    if speaker is None:
        return []
    found = []
    for number in asked:
        answer = _answer(text, lines, number, questions)
        if sum(len(text[start:end].split()) for start, end in answer) >= SHORTEST:
            found.append((speaker, *answer))
    return found


def _is_own(text: str, line: Span) -> bool:
    return OWN.search(text, *line) is not None and MARKED.match(text, line[0]) is None


def _answer(text: str, lines: Sequence[Span], number: int, questions: Sequence[int]) -> tuple[Span, ...]:
    """Return the paragraphs of an answer: the next one, and those behind it in which "I" or "we" goes on.

    The last question is answered in one paragraph: behind it anything may follow.
    """
    found = [lines[number + 1]]
    place = bisect_right(questions, number)
    after = questions[place] if place < len(questions) else number + 2
    for line in lines[number + 2 : after]:
        if not _is_own(text, line):
            break
        found.append(line)
    return tuple(found)


def _interviewed(intro: str, names: Sequence[Named]) -> Span | None:
    """Return the name of whoever the introduction says answers, if it says so of one person only."""
    found: dict[str, Span] = {}
    people = [(start, end) for start, end, label in names if label == "PERSON" and end <= len(intro)]
    for start, end, label in names:
        if end > len(intro) or label == "ORG" or (label != "PERSON" and " " not in intro[start:end]):
            continue  # many a rare name passes for a place
        low = max(0, start - LONGEST_LEAD)
        asked, answers = ASKED.search(intro[low:start]), ANSWERS.match(intro, end)
        if asked and asked["asker"] and _overlaps(people, low + asked.start("asker"), low + asked.end("asker")):
            asked = None
        if answers and answers["talked"] and _overlaps(people, answers.end(), answers.end() + NEAR):
            answers = None
        if asked or answers:
            found.setdefault(intro[start:end].rsplit(maxsplit=1)[-1], (start, end))
    return next(iter(found.values())) if len(found) == 1 else None


def _overlaps(people: Sequence[Span], low: int, high: int) -> bool:
    """Return whether somebody is named between `low` and `high`: one of the two asks, and the other answers."""
    return any(start < high and low < end for start, end in people)


def with_answers(claims: Sequence[Claim], found: Sequence[tuple[Span, ...]]) -> list[Claim]:
    """Return `claims` and, in place of those within them, what `answers_in` found, in order."""
    ends = [answer[-1][1] for answer in found]

    def is_said(position: int) -> bool:
        """Return whether `position` stands within an answer."""
        number = bisect_right(ends, position)
        return number < len(found) and found[number][1][0] <= position

    kept = [claim for claim in claims if not any(is_said(start) for start, _ in (*claim.content, *claim.cue))]
    kept += [_claim(answer) for answer in found]
    return sorted(kept, key=lambda claim: claim.content[0] if not claim.cue else min((*claim.cue, *claim.content)))


def _claim(answer: tuple[Span, ...]) -> Claim:
    name, *paragraphs = answer
    return Claim(
        source=(name,),
        cue=(),
        content=tuple(paragraphs),
        actor=None,
        kind=Kind.STATEMENT,
        verbatim=Wording.VERBATIM,
        confidence=CONFIDENCE,
        evidence=(paragraphs[0][0], paragraphs[-1][1]),
        kind_confidence=PLAIN,
    )
