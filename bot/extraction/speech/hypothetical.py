"""Speech that did not happen, or not yet: "had she said", "if he says", "could have said", "is likely to say"."""

import re

from bot.model.claims import Claim, Span

REACH = 40
"""Characters before a source that are looked at."""
_SAY = (
    r"(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old)|den(?:y|ies|ied)|repl(?:y|ies|ied)|wr(?:ite|ites|ote|itten)|"
    r"(?:claim|ask|answer|respond|warn|object|counter|explain|mention|add|boast|complain|admit|assert|insist|confess)(?:s|ed)?|"
    r"(?:argue|announce|promise|declare|pledge|state|testif|conclude|acknowledge|accuse|blame|disagree|agree|note|joke|imply|concede|"
    r"advise|predict|urge)(?:s|d|y|ies|ied|lies|lied)?|admitted|(?:suggest|report|confirm|hint|remark|threaten|vow|recall|post|tweet|"
    r"reveal|maintain|protest|shout|call)(?:s|ed)?)"
)
SPEAKS = re.compile(rf"\b{_SAY}\b", re.IGNORECASE)
"""Verbs of speech: attitudes that are only supposed are left to the confidence of a claim."""
_IN_CUE = re.compile(
    r"\b(?:could|would|might|should|ought\s+to)(?:n['’]t)?\s+(?:(?:not|never|well|easily|just|also|simply|only)\s+)*"
    rf"have\s+(?:\w+ly\s+)?{_SAY}\b|"
    r"^\W*(?:must|should|ought\s+to|(?:has|have|needs?)\s+to|(?:is|are)\s+(?:required|supposed|obliged)\s+to)\s+"
    rf"(?:(?:not|never|also|first|now|then)\s+)*{_SAY}\b|"
    rf"^\W*(?:might|could)\s+(?:(?:well|also|yet|even|then|still|easily|one\s+day)\s+)*{_SAY}\b|"
    rf"^\W*would(?:n['’]t)?\s+(?:(?:well|also|even|then|still|probably|likely|surely|not|never)\s+)*{_SAY}\b",
    re.IGNORECASE,
)
_EXPECTED = (
    r"\b(?:is|are|was|were|['’](?:s|re))\s+(?:\w+ly\s+|also\s+|still\s+)?(?:likely|unlikely|expected|due|set|scheduled|poised|about)"
    r"\s+to\s+"
)
_TO_COME = re.compile(
    rf"{_EXPECTED}\w+|"
    r"\bwill\s+(?:\w+\s+){0,2}?be\s+(?:hoping|looking|aiming|keen|eager|determined|desperate|pleased|happy|delighted|glad|relieved|"
    r"proud|grateful|worried|concerned|anxious|nervous|disappointed|frustrated|angry|furious|encouraged|confident|thinking|"
    r"wondering)\b",
    re.IGNORECASE,
)
"""What somebody has not said yet, or only is said to hope: "is expected to tell delegates", "will be hoping"."""
_MEANS_TO = re.compile(
    r"^\W*(?:will|would|shall)\s+(?:(?:also|then|again|now|still|\w+ly)\s+)*(?:try|tries|strive|seek|attempt|aim|hope|want|need|have|"
    r"struggle|get)\s+(?:\w+\s+)?to\s+\w+",
    re.IGNORECASE,
)
"""What somebody will only try to say: "will also strive to show"."""
_MAY = re.compile(
    rf"^\W*may\s+(?:(?:well|also|yet|even|then|still|easily|one\s+day|not|never)\s+)*(?:{_SAY}|dismiss|reject|object|criticise|"
    r"criticize|oppose|condemn|complain|welcome|think|believe|feel)\b",
    re.IGNORECASE,
)
_TO_SAY = re.compile(rf"{_EXPECTED}{_SAY}\b", re.IGNORECASE)
"""The same, if the cue is "is expected" alone."""
_CONDITION = re.compile(
    r"(?<![\w’'-])(?:if|unless|suppos(?:e|ing)|imagine|imagining|assum(?:e|ing)|whether|until|lest|in\s+case|as\s+though|"
    r"pretend|wish(?:es|ed)?|what\s+if|say\s+that)(?:\s+that)?\s+(?:\w+ly\s+)?[“\"‘']?$",
    re.IGNORECASE,
)
_IF = re.compile(r"(?<![\w’'-])(?:if|unless|once|until|provided|in\s+case)(?:\s+that)?\s+$", re.IGNORECASE)
_NOW = re.compile(r"[a-z]+(?<!ed)(?<!id)(?<!ld)$")
"""A verb in the present: "if councillors approve" tells what may come, "if they approved" may be a question."""
_LEADS = re.compile(r"(?:Had|Should|Were|Did|Does|Has|Will|Would|If|Unless|Suppose|Imagine)\s+(?=\S)")
_INVERTED = re.compile(r"(?:^|[\s,;:(“\"—–-])(?:[Hh]ad|[Ss]hould|[Ww]ere)\s+$")
_NOR = re.compile(
    r"\b(?:nor|neither|never(?:\s+once)?|not\s+once|at\s+no\s+(?:time|point|stage))\s+"
    r"(?:did|does|do|has|have|had|will|would|could)\s+$",
    re.IGNORECASE,
)
"""What makes a sentence say that somebody did not: "Nor did she tell the mayor"."""
_ASKED = re.compile(r"(?:^|[\s,;:(“\"—–-])(?:Did|Does|Do|Has|Have|Will|Would|Can|Could|Should|Might)\s+$")


def is_hypothetical(text: str, claim: Claim, sentence: Span) -> bool:
    """Return whether the words of a claim only suppose, ask or expect that somebody says something.

    `sentence` holds the cue. Without a cue nothing is supposed.
    """
    if not claim.cue:
        return False
    cues = [text[start:end] for start, end in claim.cue]
    if any(_TO_COME.search(cue) or _MEANS_TO.search(cue) or _MAY.search(cue) for cue in cues):
        return True
    if not claim.source and (told := _TO_SAY.search(text, claim.cue[0][0], claim.cue[0][1] + REACH)):
        return told.start() < claim.cue[0][1]
    if not SPEAKS.search(text, *claim.cue[0]):
        return _depends(text, claim, sentence)
    return any(_IN_CUE.search(text[start:end]) for start, end in claim.cue) or _is_supposed(text, claim, sentence)


def _depends(text: str, claim: Claim, sentence: Span) -> bool:
    """Return whether an attitude is only a condition: "if councillors approve the plan"."""
    if not claim.source or not claim.source[0][1] <= claim.cue[0][0] <= claim.source[0][1] + 1:
        return False
    return (
        _IF.search(text, max(sentence[0], claim.source[0][0] - REACH), claim.source[0][0]) is not None
        and _NOW.fullmatch(text, *claim.cue[0]) is not None
    )


def _is_supposed(text: str, claim: Claim, sentence: Span) -> bool:
    """Return whether the words before source and cue suppose or ask something."""
    cue = claim.cue[0]
    first = claim.source[0] if claim.source and claim.source[0][0] < cue[0] else cue
    if cue[0] - first[1] > REACH:
        return False
    low = max(sentence[0], first[0] - REACH)
    taken = _LEADS.match(text, *first)  # the source may have taken the word in: "Had Frick"
    before = text[low : taken.end() if taken else first[0]]
    if _CONDITION.search(before):
        return True
    if not claim.source or first == cue:
        return False
    if _INVERTED.search(before) or _NOR.search(before):
        return True
    return _ASKED.search(before) is not None and text[low : sentence[1]].rstrip(" \n”\"’'").endswith("?")
