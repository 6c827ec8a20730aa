"""Contents as wide as their clause: no hole in the middle, no end in the middle of a phrase, no further clause.

"Rather [than recall] the devices" reads wrongly without what the tagger left out, "cost [less than] a million"
says another thing, and "accused him of cheating [and was fined]" tells what was done, not what was said.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.model.claims import Claim, Span

WIDEST = 30
"""Characters of a hole that is filled: no more than three or four words."""
APART = re.compile(
    r"[.!?;:,“”\"()\n—–-]|\b(?:and|but|or|who|which|he|she|they|it|today|yesterday|tonight|(?:this|last)\s+\w+)\b|"
    r"^\s*(?:on|in|at)\s+(?-i:[A-Z])",
    re.IGNORECASE,
)
"""What may stand between two things that were said: such a hole stays."""

STAMP = re.compile(r"\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s?[A-Z]{3,4}\b)?\s?(?:\s|[:–—-]\s+)(?=[“\"][A-ZÀ-Þ])")
"""The time of an entry of a live report, before a quotation."""
NOT = re.compile(r"\b(?:not|never)\s+$", re.IGNORECASE)
TO = re.compile(r"to\s+[a-z]")
LEAD = re.compile(r"(?:^|[.!?…”\"’)\n]\s*)[A-ZÀ-Þ][a-zß-ÿ]+$")
QUOTES = '“"«„'
ABOUT = re.compile(r"(?:About|Of|As\s(?:for|to)|Regarding|Asked\sabout)\s")
OF = re.compile(r"\s+(?:of|about|on)\s+")
MARKS = "“\"”«»„‘'’"
SENTENCE_ENDS = re.compile(r"(?:[.!?]|\w[.!?])\s+(?=[A-ZÀ-Þ])")
"""The end of a sentence without quotation marks, where the next one begins."""
LINE = 60
"""Characters of a line up to which it may be a heading."""
CLAUSE_WORDS = 3
"""Words from which on a part of a content says something by itself."""
_CAPITALS = r"[’‘'$(]?[A-Z0-9][A-Z0-9’‘'$%.,:;&)-]*"
HEADLINE = re.compile(rf"(?:{_CAPITALS}\s+){{3,30}}{_CAPITALS}\s?(?=[“\"][A-ZÀ-Þ]?[a-z])")
"""Four words in capitals or more, right before a quotation."""
OPENED = re.compile(r"[“\"«][^“”\"«»]*$")
ASKED = re.compile(r"[^\W_]?\?\s+")
"""What stands between a question that nobody is quoted with and the sentence behind it."""
TO_KNOW = re.compile(
    r"to\s+(?:know|hear|learn|understand|find\s+out|be\s+told)\s+(?=(?:who|whom|whose|what|when|where|why|how|which|whether|if)\b)"
)
"""What belongs to the words that report a question: "wanted to know why the ferry was late"."""
ADDRESSED = re.compile(
    r"(?:t(?:old|ells?)|warn(?:s|ed)|assur(?:es|ed)|remind(?:s|ed)|inform(?:s|ed)|advis(?:es|ed)|promis(?:es|ed)|persuad(?:es|ed)|"
    r"convinc(?:es|ed)|notif(?:ies|ied))$"
)
"""A cue whose object is whoever is told."""
WITH_NAME = re.compile(
    r"(?:(?:the|an?|his|her|their|its|our)\s|[A-ZÀ-Þ])[^.,;:“”\"\n]{1,60},\s[^.,;:“”\"\n]{1,60},?\s+that\s"
)
"""Whom a cue addresses, with an apposition: "warned [the owner, Ann Moss,] that it was shut"."""
CUT_OFF = re.compile(
    r"(?:(?<=[\s,])(?:the|an?|of|to|by|for|with|from|about|into|than|that|which|who|whose|and|or|but|its|their|our|my|as|after|before|"
    r"because|while|when|where|if|at|on|the\s+(?:same|very|first|last|next|only|new))|,\s+\w+ing)$",
    re.IGNORECASE,
)
"""The end of a content that stops in the middle of a phrase."""
STUB = re.compile(r"\W*(?:the|an?|and|but|that|so|as|it|this|these|those|there)\W*", re.IGNORECASE)
"""The first word of the next sentence, which is no part of what was said."""
OPENING = re.compile(r"\W*(?:because|since|although|though|while|and|but)\W*", re.IGNORECASE)
"""The first word of a clause that the report cuts in two: "because, she says, they are old"."""
REST = re.compile(r"[ \t]+[^.!?;:\n“”\"()\[\]]{1,200}(?=[.!?;\n]|$)")
"""The rest of its sentence, of two dozen words at most."""
JUDGED = re.compile(
    r"\b(?:accus|criticis|criticiz|prais|blam|condemn|attack|denounc|slam|slat|ridicul|mock|thank|applaud|hail)(?:e|es|ed|s|med|ted)$",
    re.IGNORECASE,
)
"""Cues with which a content is somebody, and what for, without a verb of its own."""
DONE = re.compile(r",?\s+(?:and|but)\s+(?:later\s+|then\s+|also\s+)?(?:was|were|is|are|has|have|had|will)\s")
"""What goes on to tell of the speaker."""
CLAUSE = re.compile(r"\b(?:that|who|which|because|when|while|saying|if)\b", re.IGNORECASE)


def with_whole_contents(claims: Sequence[Claim], text: str, sentences: Sequence[Span]) -> list[Claim]:
    """Return `claims` with the small holes in their contents filled, if no source or cue stands there."""
    taken = sorted(span for claim in claims for span in (*claim.source, *claim.cue))
    reports = sorted((claim.source[0][0], claim.cue[0][0]) for claim in claims if claim.source and claim.cue)
    found: list[Claim] = []
    for claim in map(partial(_to_know, text), claims):
        every = _without_stamp(_of_the_sentence(claim, text, sentences), text)
        every = _with_not(_of_the_speaker(claim, every, text, reports), text, taken)
        every = _without_addressee(_without_topic(every, claim, text), claim, text)
        content = list(every[:1])
        for start, end in every[1:]:
            if _is_hole(text, (content[-1][1], start), taken):
                content[-1] = content[-1][0], end
            else:
                content.append((start, end))
        if len(content) > 1 and OPENING.fullmatch(text, *content[0]):
            del content[0]
        while len(content) > 1 and STUB.fullmatch(text, *content[-1]):
            content.pop()
        if content:
            content[-1] = _whole_end(claim, content[-1], text, taken)
        found.append(claim if tuple(content) == claim.content else replace(claim, content=tuple(content)))
    return found


def _without_addressee(content: tuple[Span, ...], claim: Claim, text: str) -> tuple[Span, ...]:
    """Return a content without whom it was said to, where that stands between the cue and "that"."""
    if not content or not claim.cue or not ADDRESSED.search(text, *claim.cue[-1]):
        return content
    whom = WITH_NAME.match(text, content[0][0], content[-1][1])
    if whom is None or text[claim.cue[-1][1] : content[0][0]].strip():
        return content
    return tuple((max(start, whom.end()), end) for start, end in content if end > whom.end())


def _to_know(text: str, claim: Claim) -> Claim:
    """Return a claim whose cue is "wanted to know" where that stands, and whose content is the question."""
    if not claim.cue or not claim.content:
        return claim
    (start, end), cue = claim.content[0], claim.cue[-1]
    know = TO_KNOW.match(text, start, end)
    if know is None or text[cue[1] : start].strip():
        return claim
    asked = (cue[0], start + len(know.group().rstrip()))
    return replace(claim, cue=(*claim.cue[:-1], asked), content=((know.end(), end), *claim.content[1:]))


def _whole_end(claim: Claim, last: Span, text: str, taken: Sequence[Span]) -> Span:
    """Return the last part of a content up to the end of its phrase, and not beyond what the speaker says."""
    start, end = last
    if claim.cue and claim.cue[-1][1] <= start and JUDGED.search(text, *claim.cue[-1]):
        done = DONE.search(text, start, end)
        said = text[start : done.start()] if done else ""
        closed = said.count('"') % 2 == 0 and said.count("“") == said.count("”")
        if done and closed and not CLAUSE.search(said):
            return start, done.start()
    if CUT_OFF.search(text, max(start, end - WIDEST), end):
        rest = REST.match(text, end)
        if rest and not _overlaps((rest.start(), rest.end()), taken):
            return start, rest.end()
    return last


def _overlaps(span: Span, taken: Sequence[Span]) -> bool:
    """Return whether one of `taken`, in order, shares a character with `span`."""
    place = bisect_left(taken, span)
    return any(start < span[1] and end > span[0] for start, end in taken[max(0, place - 1) : place + 1])


def start_with_not(text: str, start: int) -> int:
    """Return where a content at `start` begins, with the "not" that turns it round: "told her not [to come]"."""
    before = NOT.search(text, max(0, start - len("never ")), start)
    return before.start() if before is not None and TO.match(text, start) else start


def _with_not(content: tuple[Span, ...], text: str, taken: Sequence[Span]) -> tuple[Span, ...]:
    if not content:
        return content
    start = start_with_not(text, content[0][0])
    return content if _overlaps((start, content[0][0]), taken) else ((start, content[0][1]), *content[1:])


def _of_the_speaker(
    claim: Claim, content: tuple[Span, ...], text: str, reports: Sequence[Span]
) -> tuple[Span, ...]:
    """Return a content without what stands in a later paragraph behind the report of somebody else.

    "“It was a miracle,” said Barta." The next paragraph: "A passenger said that he had been calm. “He smiled.”" It
    is not Barta who is quoted there. `reports` are the starts of sources and cues, in order.
    """
    if not claim.source or not claim.cue or len(content) < 2:
        return content
    home = max(claim.source[0][0], claim.cue[0][0])
    for number, (start, _) in enumerate(content[1:], 1):
        line = text.rfind("\n", home, start)
        if line < 0:
            continue
        first = bisect_left(reports, (line, 0))
        others = (max(report) < start and report[0] != claim.source[0][0] for report in reports[first : first + 1])
        if any(others):
            return content[:number]
    return content


def _without_stamp(content: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Return a content without what it opens with in front of a quotation: a time ("13:40 “Nothing moves,”"), or
    another article's headline in capitals, which lost its line.
    """
    stamp = (STAMP.match(text, *content[0]) or HEADLINE.match(text, *content[0])) if content else None
    return ((stamp.end(), content[0][1]), *content[1:]) if stamp else content


def _without_topic(content: tuple[Span, ...], claim: Claim, text: str) -> tuple[Span, ...]:
    """Return a content without what it is about: "“It is full,” Holm said of the pool", "About it, he said"."""
    if len(content) < 2 or not claim.cue or content[0][1] > claim.cue[0][0]:
        return content
    report = (*claim.source, *claim.cue)
    if ABOUT.match(text, *content[0]) and text[content[0][1] : min(report)[0]] == ", ":
        return content[1:]
    if text[content[0][0]] not in QUOTES:
        return content
    after = max(end for _, end in report)
    return (content[0], *(span for span in content[1:] if not OF.fullmatch(text[after : span[0]])))


def _of_the_sentence(claim: Claim, text: str, sentences: Sequence[Span]) -> tuple[Span, ...]:
    """Return a content without what ends a sentence before the report, and says something else.

    That is the reporter's own question ("Will it last? She thinks so: “…”"), the object of another verb ("He
    declined to say who did it. He said that …"), and a sentence without marks before a report of something else.
    """
    if not claim.source or not claim.cue or len(claim.content) < 2:
        return claim.content
    opens = min(claim.source[0][0], claim.cue[0][0])
    number = bisect_right(sentences, opens, key=lambda span: span[0]) - 1
    start = sentences[max(number, 0)][0]
    told = any(start >= opens and text.count(" ", start, end) + 1 >= CLAUSE_WORDS for start, end in claim.content)
    kept = tuple(
        span
        for span in claim.content
        if span[1] > opens
        or not (
            ASKED.fullmatch(text[span[1] - 1 : opens])
            or (told and text[span[0]] not in MARKS and SENTENCE_ENDS.match(text, span[1] - 1, opens + 1))
            or (text[span[0]] not in MARKS and text[span[0] - 1] not in MARKS and _is_line(text, span, opens))
            or (span[1] <= start and _is_object(text, span, sentences))
        )
    )
    return kept or claim.content


def _is_line(text: str, span: Span, opens: int) -> bool:
    """Return whether words end a line of their own, a heading or a first line, before the one with the report."""
    line = text.find("\n", span[1], opens)
    return (
        line >= 0 and not re.search(r"\w", text[span[1] : line]) and len(text[:line].rpartition("\n")[2]) <= LINE
    )


def _is_object(text: str, span: Span, sentences: Sequence[Span]) -> bool:
    """Return whether words end the sentence in which they stand, without being quoted or all of it."""
    start, end = sentences[max(0, bisect_right(sentences, span[0], key=lambda each: each[0]) - 1)]
    before = text[start : span[0]].strip()
    return (
        bool(before)
        and before[-1].isalnum()
        and text[span[1] : end].strip() in (".", ";")  # badly scraped text has no ends of sentences to go by
        and OPENED.search(before) is None
    )


def _is_lead(text: str, end: int) -> bool:
    """Return whether one word stands before `end` that opens its sentence: "Instead, he told them"."""
    return LEAD.search(text, max(0, end - WIDEST), end) is not None


def _is_hole(text: str, gap: Span, taken: Sequence[Span]) -> bool:
    """Return whether the words between two parts of a content are no report, no addressee and no break."""
    if text[slice(*gap)] == ", ":
        return _is_lead(text, gap[0])  # "Instead, he told them": nothing was left out
    if gap[1] - gap[0] > WIDEST or not text[gap[0]].isspace() or APART.search(text[gap[0] : gap[1]]):
        return False
    return not _overlaps(gap, taken)
