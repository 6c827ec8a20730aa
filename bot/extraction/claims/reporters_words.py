"""Contents without the reporter's own words: when it was said, and what comes after it.

The tagger takes such words for a part of what was said: "The next day, he said he was ready" reports nothing of
the next day, "he said it was well covered, although no pictures turned up" ends in the reporter's own remark, and
a report without quotation marks ends with its paragraph.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from bot.model.claims import Claim, Span

OPENS = "“\"«„‘'"
_UNIT = (
    r"(?:day|week|month|year|hour|minute|decade|morning|evening|night|afternoon|noon|weekend|summer|winter|spring|autumn|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|"
    r"November|December)s?"
)
WHEN = re.compile(
    rf"(?:(?:On|In|By|At|Late|Early|Earlier|Later|The|That|This|Last|An?|One|Two|Three|Four|Five|Six|Several|Some|Just|Only|"
    rf"Shortly|Soon|Hours|Days|Weeks|Months|Years)\s)(?:[\w’'-]+\s){{0,5}}?(?:{_UNIT}|\d{{4}})"
    rf"(?:\s(?:\d{{1,2}}|before|earlier|later|after|afterwards|ago|night|morning|afternoon|evening))?",
)
"""Words that say when: "The next day", "Two weeks later"."""
BESIDES = re.compile(r",?\s+(?:although|though|even\s+though|whereas|despite|with)\b", re.IGNORECASE)
"""What leads on to a remark of the reporter's, if it was left out of the content."""
WIDEST = 40
"""Characters of a hole behind which the reporter goes on."""
LONG_LINE = 80
"""Characters of a line that is a paragraph, and no line of a poem or a list."""
ENDS_SENTENCE = re.compile(r"[.!?…][”\"’»)]*\s*$")
OPENS_BEFORE = ("“", '"', "«", "„")
LEADS_ON = re.compile(r"[,:;–—-]\s*$")
POINTER = re.compile(
    r"\W*(?:read\s(?:more|next|also)|related(?:\s(?:coverage|stories|articles|content))?|see\salso|advertisement|more)\W*",
    re.IGNORECASE,
)
"""What points to other articles, and nothing else."""
ACCORDING = re.compile(r"according\s+to", re.IGNORECASE)
LEADS = re.compile(r":\s*[“\"«‘]?$")
AT_END = re.compile(r"[\s–—―-]+$")
CLOSED = {"]": "[", ")": "("}


def without_reporters_words(claims: Sequence[Claim], text: str, sentences: Sequence[Span]) -> list[Claim]:
    """Return `claims` with contents that hold no words of the reporter's; `sentences` are those of `text`."""
    found: list[Claim] = []
    for claim in claims:
        content = claim.content
        if claim.cue and content:
            content = _without_time(claim, content, text)
            content = _without_remarks(claim, content, text)
            content = _without_next_sentence(claim, content, text, sentences)
            content = _in_its_paragraph(claim, content, text)
            content = _without_heading_before(claim, content, text)
            content = _without_description(claim, _without_pointers(content, text), text)
            content = _with_clean_end(content, text)
        found.append(claim if content == claim.content else replace(claim, content=content))
    return found


def _opening(claim: Claim) -> int:
    """Return where the report of a claim begins: its source or its cue."""
    return min(start for start, _ in (*claim.source, *claim.cue))


def _without_time(claim: Claim, content: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Return a content without the time of the report: "The next day, he said he was ready"."""
    first, *rest = content
    if not rest or not claim.source or text[first[1] : _opening(claim)] != ", ":
        return content
    if rest[0][0] < claim.cue[-1][1] or "," in text[claim.cue[-1][1] : rest[0][0]]:
        return content  # "On Monday, he said, the shop had closed"
    return tuple(rest) if WHEN.fullmatch(text, *first) else content


def _without_remarks(claim: Claim, content: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Return a content without what the reporter adds to it in the same sentence."""
    kept = [content[0]]
    for start, end in content[1:]:
        gap = kept[-1][1], start
        remark = kept[-1][0] >= claim.cue[-1][1] and gap[1] - gap[0] <= WIDEST and text[start] not in OPENS
        if remark and BESIDES.match(text, *gap) and "\n" not in text[slice(*gap)]:
            break
        kept.append((start, end))
    return tuple(kept)


def _without_next_sentence(
    claim: Claim, content: tuple[Span, ...], text: str, sentences: Sequence[Span]
) -> tuple[Span, ...]:
    """Return a content without the beginning of a later sentence: "Shortly before that, she posted it"."""
    if len(content) < 2 or not sentences:
        return content
    home = _sentence(claim.cue[0][0], sentences)
    kept = [content[0]]
    for start, end in content[1:]:
        number = _sentence(start, sentences)
        begins = number > home and start == sentences[number][0] and text[start] not in OPENS
        if begins and text[end : end + 1] == "," and end < sentences[number][1]:
            continue
        kept.append((start, end))
    return tuple(kept)


def _sentence(position: int, sentences: Sequence[Span]) -> int:
    return max(bisect_right(sentences, position, key=lambda span: span[0]) - 1, 0)


def _in_its_paragraph(claim: Claim, content: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Return a content without marks up to the end of its paragraph, if the report does not lead on to a list."""
    home = claim.cue[-1][1]
    kept: list[Span] = []
    for start, end in content:
        cut = text.find("\n", start, end)
        line = text.rfind("\n", 0, start) + 1
        if (
            cut < 0
            or start < home
            or text[start] in OPENS
            or text[start - 1] in OPENS
            or text[cut:end].lstrip()[:1] in OPENS
            or cut - line < LONG_LINE
            or not ENDS_SENTENCE.search(text, start, cut)
            or LEADS.search(text, home, start)
            or LEADS.search(text, *claim.cue[-1])
        ):
            kept.append((start, end))
            continue
        kept.append((start, start + len(text[start:cut].rstrip())))
        break
    return tuple(kept)


def _without_heading_before(claim: Claim, content: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Return a content in front of its report without the line before its own, if that is a heading or caption."""
    start, end = content[0]
    cut = text.rfind("\n", start, end)
    if cut < 0 or end > claim.cue[0][0] or text[start] in OPENS or text[start - 1 : start] in OPENS_BEFORE:
        return content
    if ENDS_SENTENCE.search(text, start, cut) or not text[cut:end].strip() or LEADS_ON.search(text, start, cut):
        return content
    first = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    return ((first, end), *content[1:])


def _without_pointers(content: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    kept = tuple(span for span in content if not POINTER.fullmatch(text, *span))
    return kept or content


def _without_description(claim: Claim, content: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Return a content without what says more of the source: "according to a statement the agency put out"."""
    if len(content) < 2 or not claim.source or not ACCORDING.fullmatch(text, *claim.cue[0]):
        return content
    end = claim.source[0][1]
    if text[end - 1] == ",":
        return content
    kept = tuple(span for span in content if text[end : span[0]] != " ")
    return kept or content


def _with_clean_end(content: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Return a content without a dash, or a bracket that was opened before it, at its end."""
    start, end = content[-1]
    dash = AT_END.search(text, start, end)
    if dash and dash.start() > start:
        end = dash.start()
    opens = CLOSED.get(text[end - 1])
    if opens and opens not in text[start:end] and end - 1 > start:
        end -= 1
    return (*content[:-1], (start, end))
