"""The component that reads interviews and transcripts, where a label says who speaks: "SMITH: We will not wait."

What follows a label, up to the next one, over however many paragraphs, is a claim of that speaker without a cue,
in the speaker's own words; its source is the label. Claims found within it are no more than what the speaker says,
and give way.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.claims.collected_statements import with_collected_statements
from bot.extraction.claims.not_speech import without_boxes
from bot.extraction.claims.pull_quotes import with_pull_quotes
from bot.extraction.claims.unlabelled_interviews import answers_in, with_answers
from bot.extraction.encoder.doc_state import (
    Name,
    claims_of,
    entities_of,
    set_claims,
    set_entities,
    text_of,
)
from bot.extraction.noun_phrases.spelling import folded, initials_of
from bot.extraction.wordlists.lexicon import ROLES
from bot.model.claims import Claim, Kind, Span, Wording

FEWEST_TURNS = 3
"""Turns that a text has at least, one speaker with two of them, to be taken for a transcript."""
SHARE = 0.5
"""Share of the turns that say a whole sentence, at least."""
NAMED, UNNAMED = 0.9, 0.8
"""Confidence of a turn whose label names the speaker, or says that this is the answer, and of any other ("Q:").

Who answers is for the probability of the actor to say.
"""
PLAIN = 0.95
"""Confidence of the kind of a turn: a question ends in its mark."""
SHORTEST = 3
"""Words of a turn that says something if it has no number: "Thank you." says nothing, "In 1994." does."""
TITLES = (
    r"(?i:Mr|Mrs|Ms|Miss|Dr|Prof(?:essor)?|Sen(?:ator)?|Rep|Gov(?:ernor)?|Gen(?:eral)?|Sir|Dame|Lord|Lady|Adm(?:iral)?|Rear|Col|"
    r"Capt(?:ain)?|Lt|Maj|Sgt|Cmdr|Rev|Hon|Judge|Justice|President|Ambassador|Secretary|Mayor|Congress(?:man|woman)|Cllr|"
    r"Councillor|Minister|(?:Super)?[Ii]ntendent|Inspector|Sheriff|Marshal|Commissioner|Deputy|Chief|Director|Bishop|Father|Sister|Sheikh?|Imam|Rabbi)"
)
ABBREVIATED = r"[A-Z][A-Za-z]{1,5}\."
"""A rank or office cut short: "DEP. COMMISSIONER IAN FOSS", "Supt. Ray Cole"."""
TITLE = rf"(?:(?:{TITLES}\.?|{ABBREVIATED})[ ](?=[^\W\d_]))"
WORD = r"(?:[^\W\d_][\w’'-]*|[A-Z]\.)"
EXTRA = r"(?:[ ]?[(\[][^()\[\]\n]{1,60}[)\]]|,[ ][^\n:!?“”\"]{2,60}?|[ ][-–—][ ][^\n:.!?“”\"]{2,40}?)"
"""What a label says of the speaker: "(laughing)", ", CNX ANCHOR", ", Minister for Transport"."""
STAMP = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?[ \t]+)?"
"""When something was said: "[00:12] "."""
PARTS = {
    # As in "Minister of State at the Department of Health (Ms Roe):".
    "held": (
        r"(?=[^\n(\[:]*[ ](?:of|for|to|at|and)[ ])[A-ZÀ-Þ][\w’'-]*(?:[ ][\w’'-]+){1,11},?[ ]"
        rf"[(\[](?P<held>(?:{TITLE}){{0,3}}{WORD}(?:[ ]{WORD}){{0,3}})[)\]][ \t]?:(?=\s)"
    ),
    # As in "SMITH (laughing):", "The CHAIRMAN:", "[00:12] ANNA:", "#1 CALLER:", "BY MR. ABRAMS:".
    "name": (
        rf"{STAMP}(?:\*\*|__|(?:[-–—•*]|>{{1,3}})[ \t]?)?\[?(?P<label>(?:BY[ ])?(?:[Tt]he[ ])?(?:{TITLE}){{0,3}}"
        rf"(?P<name>(?:#\d{{1,2}}[ ])?{WORD}(?:[ ]{WORD}){{0,4}}(?:[ ]#?\d{{1,2}})?)"
        rf"(?P<extra>{EXTRA}{{0,3}}))\]?[ \t]?:\*{{0,2}}(?=\s|$)"
    ),
    "letter": r"(?P<letter>[QA])(?:\.|[ ]?[-–—]{1,2})(?=[ \t\n])",
    # As in "SMITH — We", "VOICE 2 - We", "Mr. Smith — We".
    "dashed": (
        rf"{STAMP}(?P<dashed>[A-ZÀ-Þ][A-ZÀ-Þ’'-]+(?:[ ][A-ZÀ-Þ][A-ZÀ-Þ’'.-]*){{0,3}}(?:[ ]#?\d{{1,2}})?|"
        rf"{TITLE}{WORD}(?:[ ]{WORD})?)(?:[ ][(\[][^()\[\]\n]{{1,60}}[)\]])?"
        r"[ ]?(?:—|–|--|(?<=[ ])-)[ ](?=[“\"A-ZÀ-Þ])"
    ),
    # As in "[SMITH] — We", "<Anna> We".
    "boxed": (
        rf"{STAMP}[\[<](?P<boxed>(?:{TITLE}){{0,2}}{WORD}(?:[ ]{WORD}){{0,3}}(?:[ ]#?\d{{1,2}})?)"
        r"(?:,[ ][^\[\]<>\n]{1,40}[\]>][ ]?(?::|—|–|--|-)?|"
        r"[\]>][ ]?(?::|—|–|--|-|(?<=[A-Z\d][\]>][ ])))(?=\s|[“\"A-ZÀ-Þ])"
    ),
    # As in "Anna Kovacs — We": a name in small letters before a dash, which may be anything else
    "loose": rf"(?P<loose>{WORD}(?:[ ]{WORD}){{0,2}})[ ](?:—|–|--)[ ](?=[“\"A-ZÀ-Þ])",
}
"""The forms of a label, by the group that holds its name."""
LABEL = re.compile(rf"^[ \t]*(?:{'|'.join(PARTS.values())})", re.MULTILINE)
NUMBERED = re.compile(r"#?\d+$|^#\d|^(?i:unidentified|unknown)\b")
"""A speaker whom nobody names: "VOTER #1"."""
ASIDE = re.compile(r"[(\[][^()\[\]\n]*[)\]]")
"""A paragraph of its own that nobody says: "(BEGIN VIDEO TAPE)"."""
ENDS_TALK = re.compile(
    r"\W*(?:(?:this|the)\s(?:full\s)?(?:interview|transcript|conversation|discussion|q&a|episode|podcast|programme)\b|(?:edited|condensed)\b|copyright\b|©|all\srights|"
    r"follow\s|subscribe\b|sign\sup\b|(?:[A-ZÀ-Þ][\w.’'-]*\s){2,4}(?:is|was)\s(?:an?|the)\s)",
    re.IGNORECASE,
)
"""What a paragraph opens with that follows the last turn."""
NAMELESS = frozenset(("q", "a", "question", "answer", "interviewer", "reporter", "moderator", "host"))
ANSWERS = frozenset(("a", "answer"))
NO_SPEAKERS = re.compile(
    r"(?i)\b(?:photo|photos|photograph|picture|image|video|watch|read|listen|source|sources|credit|note|notes|"
    r"update|updated|correction|editor's|editor’s|related|more|tags|topics|date|time|place|price|cost|"
    r"location|address|phone|email|where|when|what|who|why|how|which|result|results|score|scores|goals|"
    r"venue|attendance|referee|ingredients|method|serves|answers|questions|caption|file|breaking|live|"
    r"analysis|opinion|comment|comments|background|context|also|published|contact|website|rating|director|"
    r"cast|starring|length|format|summary|total|subject|re|from|to|cc|ps|warning|example|step|transcript|"
    r"interview|name)\b"
)
SMALL_IN_ROLES = frozenset(("of", "for", "the", "and", "at", "in", "on", "to", "de", "van", "von"))
LONGEST_ROLE = 5
"""Words of a role in small letters behind a name: "Jana Holm, mayor of Tolmer"."""
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
    speaker, and most of its turns say a sentence. Where a label stands twice in a row, somebody without a label
    has spoken in between: of each turn only the first paragraph is surely that speaker's then.
    """
    marks = [match for match in LABEL.finditer(text) if _is_label(match)]
    often = Counter(_name(match) for match in marks)
    marks = [match for match in marks if match["loose"] is None or often[match["loose"]] > 1]
    last = {_name(match): match.start() for match in marks}
    marks = [match for match in marks if not _is_of_initials(match, often, last)]
    labels = [match for match in marks if _may_speak(_name(match))]
    if len(labels) < FEWEST_TURNS:
        return []
    speakers = _speakers(labels)
    counts = Counter(speakers)
    starts = [match.start() for match in marks]
    ends = [
        starts[at] if (at := bisect_right(starts, match.start())) < len(starts) else len(text) for match in labels
    ]
    found = [_turn(text, match, end) for match, end in zip(labels, ends, strict=True)]
    if any(
        same and turn.named and len(turn.paragraphs) > 1 and not _has_aside(turn, text)
        for same, turn in zip((one == other for one, other in pairwise(speakers)), found, strict=False)
    ):
        found = [replace(turn, paragraphs=turn.paragraphs[:1]) for turn in found]
    if ends[-1] == len(text):
        found[-1] = _last_turn(found, text)
    speaking = [turn for turn in found if _says_something(text, turn)]
    sentences = sum(any(text[b - 1] in ENDS for _, b in turn.paragraphs) for turn in speaking)
    if (
        len(speaking) < FEWEST_TURNS - (len(labels) > FEWEST_TURNS)
        or max(counts.values()) < 2
        or sentences < SHARE * len(found)
    ):
        return []
    return speaking


def _name(label: re.Match[str]) -> str:
    return next(label[group] for group in PARTS if label[group])


def _speakers(labels: list[re.Match[str]]) -> list[str]:
    """Return by what the speaker of each label is known again: the last name, also for initials."""
    names = [_name(label) for label in labels]
    full = {initials_of(name): name for name in names if " " in name}
    return [full.get(name, name).split()[-1].casefold() for name in names]


def _is_of_initials(label: re.Match[str], often: Counter[str], last: Mapping[str, int]) -> bool:
    """Return whether a name that stands once, behind the turns that its initials label, labels none itself."""
    name = _name(label)
    initials = initials_of(name)
    return " " in name and often[name] == 1 and often[initials] > 1 and last[initials] < label.start()


def _is_label(label: re.Match[str]) -> bool:
    """Return whether a line opens like a turn: what stands behind the name is a role or bracket, no clause."""
    if label["name"] and label["name"].isupper() and len(label["name"]) > 1:
        return True
    words = re.sub(r"[(\[][^)\]]*[)\]]", "", label["extra"] or "").split()
    small = [word for word in words if word[0].islower() and word not in SMALL_IN_ROLES]
    return not small or (len(words) <= LONGEST_ROLE and any(folded(word.strip(",")) in ROLES for word in small))


def _may_speak(name: str) -> bool:
    if name.casefold() in NAMELESS:
        return name[0].isupper()
    return not NO_SPEAKERS.search(name) and _is_name(name)


def _is_name(name: str) -> bool:
    """Return whether every word of a label is written like one of a name."""
    return all(word[0].isupper() or word[0] in "#0123456789" or word in PARTICLES for word in name.split())


def _has_aside(turn: Turn, text: str) -> bool:
    return ASIDE.search(text, turn.label[1], turn.paragraphs[-1][1]) is not None


def _last_turn(turns: list[Turn], text: str) -> Turn:
    """Return the last turn without what follows the talk: notes, biographies, and the article's own words."""
    last = turns[-1]
    single = all(len(turn.paragraphs) == 1 for turn in turns[:-1])
    kept = list(last.paragraphs[:1])
    for paragraph in last.paragraphs[1:]:
        if single or ENDS_TALK.match(text, *paragraph):
            break
        kept.append(paragraph)
    return replace(last, paragraphs=tuple(kept))


def _turn(text: str, label: re.Match[str], end: int) -> Turn:
    paragraphs: list[Span] = []
    direction = DIRECTION.match(text, label.end(), end)
    for match in LINE.finditer(text, direction.end() if direction else label.end(), end):
        stop = match.start() + len(match.group().rstrip())
        if not ASIDE.fullmatch(text, match.start(), stop):
            paragraphs.append((match.start(), stop))
    name = _name(label)
    group = next(group for group in PARTS if label[group])
    named = name.casefold() not in NAMELESS and not NUMBERED.search(name)
    span = label.span(group)
    return Turn(label.span("label") if group == "name" else span, span, named, tuple(paragraphs))


def _says_something(text: str, turn: Turn) -> bool:
    words = [word for a, b in turn.paragraphs for word in text[a:b].split() if any(map(str.isalnum, word))]
    return len(words) >= SHORTEST or any(map(str.isdigit, "".join(words)))


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
        confidence=NAMED if turn.named or text[slice(*turn.name)].casefold() in ANSWERS else UNNAMED,
        evidence=(turn.label[0], last[1]),
        kind_confidence=PLAIN,
    )


@Language.component("hearsay_transcripts")
def read_transcript(doc: Doc) -> Doc:
    """Add the turns and pull quotes of `doc` to its claims, in place of those within them; leave out boxes."""
    text = text_of(doc)
    set_claims(doc, without_boxes(claims_of(doc), text))
    found = turns(text)
    if not found:
        collected = with_collected_statements(with_pull_quotes(claims_of(doc), text), text)
        answers = answers_in(text, entities_of(doc))
        set_claims(doc, with_answers(collected, answers) if answers else collected)
        people = {answer[0] for answer in answers}
        if people:
            names = [
                (low, high, "PERSON" if (low, high) in people else kind) for low, high, kind in entities_of(doc)
            ]
            set_entities(doc, names)
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
