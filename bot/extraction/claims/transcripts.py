"""The component that reads interviews and transcripts, where a label says who speaks: "SMITH: We will not wait."

What follows a label, up to the next one, over however many paragraphs, is a claim of that speaker without a cue,
in the speaker's own words; its source is the label. Claims found within it are no more than what the speaker says,
and give way.
"""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.claims.pull_quotes import with_pull_quotes
from bot.extraction.encoder.doc_state import (
    Name,
    claims_of,
    entities_of,
    set_claims,
    set_entities,
    text_of,
)
from bot.model.claims import Claim, Kind, Span, Wording

FEWEST_TURNS = 3
"""Turns that a text has at least, one speaker with two of them, to be taken for a transcript."""
SHARE = 0.5
"""Share of the turns that say a whole sentence, at least."""
NAMED, UNNAMED = 0.9, 0.8
"""Confidence of a turn whose label names the speaker, and of one ("A:") whose label does not."""
SHORTEST = 3
"""Words of a turn that says something: "Yes." and "Thank you." are none."""
TITLE = r"(?:(?i:Mr|Mrs|Ms|Miss|Dr|Prof|Sen|Rep|Gov|Gen|Sir|Dame|Lord|Lady)\.?[ ])"
WORD = r"(?:[^\W\d_][\w’'-]*|[A-Z]\.)"
LABEL = re.compile(
    rf"^[ \t]*(?P<label>(?P<name>{TITLE}?{WORD}(?:[ ]{WORD}){{0,4}})(?:[ ]?\([^()\n]{{1,60}}\))?)[ \t]?:(?=\s|$)",
    re.MULTILINE,
)
NAMELESS = frozenset(("q", "a", "question", "answer", "interviewer", "reporter", "moderator", "host"))
NO_SPEAKERS = re.compile(
    r"(?i)\b(?:photo|photos|photograph|picture|image|video|watch|read|listen|source|sources|credit|note|notes|"
    r"update|updated|correction|editor's|editor’s|related|more|tags|topics|date|time|place|price|cost|"
    r"location|address|phone|email|where|when|what|who|why|how|which|result|results|score|scores|goals|"
    r"venue|attendance|referee|ingredients|method|serves|answers|questions|caption|file|breaking|live|"
    r"analysis|opinion|comment|comments|background|context|also|published|contact|website|rating|director|"
    r"cast|starring|length|format|summary|total|subject|re|from|to|cc|ps|warning|example|step|transcript|"
    r"interview|name)\b"
)
PARTICLES = frozenset(("de", "van", "von", "al", "bin", "of", "the"))
ENDS = ".?!…”’\"'"
"""What a sentence ends in."""
DIRECTION = re.compile(r"\s*\([^()\n]{1,40}\)(?=\s)")
"""How something is said: "(laughing)"."""
LINE = re.compile(r"\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of one speaker: the spans of its label, of the name in it, and of the paragraphs that follow it."""

    label: Span
    name: Span
    named: bool
    paragraphs: tuple[Span, ...]


def turns(text: str) -> list[Turn]:
    """Return the turns of a transcript, in order; nothing where `text` is none.

    Lists and tables have labels, too ("Date: 3 May"): a transcript has at least three turns, comes back to a
    speaker, and most of its turns say a sentence.
    """
    labels = [match for match in LABEL.finditer(text) if _may_speak(match["name"])]
    if len(labels) < FEWEST_TURNS:
        return []
    counts = Counter(map(_speaker, labels))
    ends = [*(match.start() for match in labels[1:]), len(text)]
    found = [_turn(text, match, end) for match, end in zip(labels, ends, strict=True)]
    speaking = [turn for turn in found if _words(text, turn) >= SHORTEST]
    sentences = sum(any(text[b - 1] in ENDS for _, b in turn.paragraphs) for turn in speaking)
    if len(speaking) < FEWEST_TURNS or max(counts.values()) < 2 or sentences < SHARE * len(found):
        return []
    return speaking


def _speaker(label: re.Match[str]) -> str:
    """Return by what a speaker is known again: the last name."""
    return label["name"].split()[-1].casefold()


def _may_speak(name: str) -> bool:
    if name.casefold() in NAMELESS:
        return name[0].isupper()
    return not NO_SPEAKERS.search(name) and _is_name(name)


def _is_name(name: str) -> bool:
    """Return whether every word of a label is written like one of a name."""
    return all(word[0].isupper() or word in PARTICLES for word in name.split())


def _turn(text: str, label: re.Match[str], end: int) -> Turn:
    paragraphs: list[Span] = []
    direction = DIRECTION.match(text, label.end(), end)
    for match in LINE.finditer(text, direction.end() if direction else label.end(), end):
        stop = match.start() + len(match.group().rstrip())
        paragraphs.append((match.start(), stop))
    return Turn(
        label.span("label"), label.span("name"), label["name"].casefold() not in NAMELESS, tuple(paragraphs)
    )


def _words(text: str, turn: Turn) -> int:
    return sum(any(map(str.isalnum, word)) for a, b in turn.paragraphs for word in text[a:b].split())


def claim_of(turn: Turn, text: str) -> Claim:
    """Return what a turn claims."""
    last = turn.paragraphs[-1]
    asks = text[last[0] : last[1]].rstrip("”’\"' ").endswith("?")
    return Claim(
        source=(turn.label,),
        cue=(),
        content=turn.paragraphs,
        actor=None,
        kind=Kind.QUESTION if asks else Kind.STATEMENT,
        verbatim=Wording.VERBATIM,
        confidence=NAMED if turn.named else UNNAMED,
        evidence=(turn.label[0], last[1]),
    )


@Language.component("hearsay_transcripts")
def read_transcript(doc: Doc) -> Doc:
    """Add the turns and the pull quotes of `doc` to its claims, in the place of those within them."""
    text = text_of(doc)
    found = turns(text)
    if not found:
        set_claims(doc, with_pull_quotes(claims_of(doc), text))
    if found:
        said = [(turn.label[0], turn.paragraphs[-1][1]) for turn in found]
        claims = [
            claim
            for claim in claims_of(doc)
            if not any(start < high and low < end for start, end in said for low, high in claim.content)
        ]
        claims += [claim_of(turn, text) for turn in found]
        set_claims(doc, sorted(claims, key=lambda claim: min((*claim.source, *claim.cue, *claim.content))))
        # With the colon, where one follows at once: capitals before a colon pass for the place of a report.
        labels = [(turn.name[0], turn.name[1] + (text[turn.name[1]] == ":")) for turn in found if turn.named]
        ends = [end for _, end in labels]

        def is_label(name: Name) -> bool:
            """Return whether a name shares characters with a label."""
            index = bisect_right(ends, name[0])
            return index < len(labels) and labels[index][0] < name[1]

        others = [name for name in entities_of(doc) if not is_label(name)]
        set_entities(doc, sorted([*others, *((start, end, "PERSON") for start, end in labels)]))
    return doc
