"""Reports that somebody said nothing: "declined to comment", "gave no details", "would not say whether".

Such words are no claim, nor is what somebody is reported not to have said: "has not said that taxes would fall". A
denial is one: "refused to resign".
"""

import re

from bot.model.claims import Claim, Span

BEFORE, AFTER = 40, 60
"""Characters before and after the cue that are looked at."""

_ADVERB = r"(?:(?:\w+ly|even|yet|also|so far|still|again|further|ever|otherwise)\s+){0,3}"
_TOLD = (
    r"details?|comments?|figures?|reasons?|explanations?|information|mention|reference|indications?|specifics|"
    r"timelines?|timetables?|dates?|names?|numbers?|breakdown|responses?|answers?|repl(?:y|ies)|clues?|hints?|"
    r"accounts?|clarification|elaboration|particulars|guidance|specific\s+\w+"
)
_GIVE = r"(?:give|gives|gave|given|giving|provid\w+|offer\w*|shar\w+|releas\w+|issu\w+|suppl\w+)"
_MUTE = (
    r"(?:comment\w*|elaborat\w*|disclos\w+|reveal\w*|specif\w+|identif\w+|nam(?:e|ed|ing)|confirm\w*|explain\w*|"
    r"respond\w*|reply|replied|replying|speculat\w*|clarif\w+|discuss\w*|mention\w*|detail\w*|expand\w*|"
    r"answer\w*|address(?:ed|ing)?|return\w*\s+(?:\w+\s+){0,3}?(?:calls?|messages?|e-?mails?|requests?)|"
    r"add\s+(?:(?:anything|more|further|a\s+word)\b|to\s+(?:\w+\s+){0,3}?(?:statements?|comments?|remarks?|letters?|posts?|words)\b)|"
    r"divulg\w+|be\s+drawn|been\s+drawn|be\s+(?:more\s+)?(?:specific|interviewed|identified|named|quoted)|"
    r"go(?:ne|ing)?\s+into|weigh\w*\s+in|take\s+(?:any\s+)?questions?|took\s+questions?|say\s+(?:more|anything)|"
    r"(?:talk|speak)\s+(?:about|publicly|on\s+the\s+record|to\s+(?:reporters|journalists|the\s+(?:press|media)))|"
    r"(?:make|made)\s+(?:any|a|further|public)\s+(?:\w+\s+)?(?:comments?|statements?|reference)|"
    r"meet\s+(?:with\s+)?(?:reporters|journalists|the\s+(?:press|media))|make\s+(?:\w+\s+){1,3}?available|"
    rf"{_GIVE}\s+(?:[\w’']+\s+){{0,3}}?(?:{_TOLD}))\b"
)
_OPEN = r"(?:whether|if|how|what|when|where|which|who|whom|whose|why|any|anything|more|much|publicly|exactly)"
_SAY = rf"(?:say|said|saying|tell|told|indicate|indicated|state|stated)\b(?=\s+(?:\w+\s+)?{_OPEN}\b|\W*$)"
_NOT = (
    r"(?:\b(?:not|never|nor|cannot|rarely|seldom|unable\s+to|unwilling\s+to|reluctant\s+to|yet\s+to|without|"
    r"in\s+no\s+position\s+to|not\s+in\s+a\s+position\s+to|avoid(?:ed|s|ing)?|stop\w*\s+short\s+of)|n't)"
)
_UNSAID = (
    r"(?:\b(?:has|have|had|did|does|do)\s*(?:not|n't)|\bnever|\b(?:was|were|been)\s*(?:not|n't|never))\s+"
    rf"{_ADVERB}(?:been\s+)?(?:say|said|tell|told|claim(?:ed)?|announced?|promised?|suggest(?:ed)?|stated?|written?|write|wrote|"
    r"report(?:ed)?|accused?|threaten(?:ed)?|admit(?:ted)?|confess(?:ed)?|declared?)\b"
)
"""What somebody did not say, whatever it was."""
_SILENCE = re.compile(
    "|".join(
        (
            _UNSAID,
            rf"\b(?:declin\w+|refus\w+)\s+{_ADVERB}to\s+{_ADVERB}(?:{_MUTE}|(?:say|tell|indicate|state)\b(?!\s+(?:sorry|that)\b))",
            r"\bdeclin\w+\s+(?:further\s+|any\s+|immediate\s+)?comment\b",
            r"\b(?:declin|refus|turn)\w+\s+(?:down\s+)?(?:(?:all|any|several|repeated|multiple|numerous|many|\w+[’']s?)\s+)?"
            r"(?:requests?|invitations?|offers?)\s+(?:for\s+(?:(?:an?|further|any|more)\s+)?(?:comments?|interviews?|responses?|information)|"
            r"to\s+(?:comment|be\s+interviewed|respond))\b",
            rf"{_NOT}\s+{_ADVERB}(?:be\s+able\s+to\s+|want\s+to\s+|wish\s+to\s+)?(?:{_MUTE}|{_SAY})",
            rf"\bneither\s+{_ADVERB}confirm\w*\s+(?:n?or)\s+den(?:y|ied|ies)",
            r"\bstop\w*\s+short\s+of\s+\w+|\bwithh(?:eld|olds?|olding)\b",
            rf"\b(?:{_GIVE}|made|make|makes|making|had|has|have)\s+(?:no|little|few|scant)\s+(?:\w+\s+){{0,2}}?"
            rf"(?:{_TOLD})\b",
            r"\bneither\s+(?:\w+\s+){1,3}?(?:disclos|reveal|specif)\w+",
            r"\b(?:said|says?)\s+(?:nothing|little)(?:\W*$|\s+(?:about|on|as\s+to|more|further|of\b(?!\s+the\s+"
            r"(?:sort|kind))|publicly|to))",
            r"\b(?:remain\w*|stay\w*|ke(?:pt|eps?)|was|were|is|are|been|fell)\s+(?:\w+ly\s+)?"
            r"(?:silent|mum|tight-lipped|quiet|coy|vague|non-?committal|evasive)\b",
            r"\b(?:dodg|duck|sidestepp?|side-stepp?|evad|deflect|avoid|skirt|bat)\w*\s+(?:away\s+)?(?:\w+\s+){0,2}?"
            r"questions?\b",
            r"\b(?:took|taken|takes|taking)\s+on\s+(?:\w+\s+){0,4}?calls?\b",
            r"\b(?:fac|weather|ignor|def(?:y|i)|shrug|brush|fend)\w*\s+(?:off\s+|aside\s+|away\s+)?(?:\w+\s+){0,4}?calls?\b",
            r"\b(?:could|can|can)\s*(?:not|n't)\s+(?:immediately\s+)?be\s+reached\b",
            r"\b(?:un|not\s+(?:immediately\s+)?)available\s+for\s+comment\b",
        )
    ),
    re.IGNORECASE,
)
_SAID = re.compile(r"\b(?:said|says|saying|adds|added|adding)\b", re.IGNORECASE)
_NOBODY = re.compile(
    r"\W*(?:who(?:so)?ever|any(?:one|body)|nobody|no[- ]one|none|neither|"
    r"no(?!\s+(?:fewer|less|more|doubt|10|ten|small|\d|\.)))\b",
    re.IGNORECASE,
)
_NO_COMMENT = re.compile(r"\W*no\s+(?:further\s+|immediate\s+)?comment\W*", re.IGNORECASE)

_OWN_SILENCE = re.compile(
    r"\W*(?:it|he|she|they|I|we)\s+(?:(?:would|could|can|will|did|do|does|was|were|is|are)\s*(?:not|n't|unable\s+to|not\s+able\s+to)|"
    r"cannot|declined\s+to|refused\s+to|never)\s+(?:be\s+able\s+to\s+)?(?:\w+ly\s+)?(?:comment|speculate|elaborate)\b"
    r"[^.!?;:“”\"]{0,80}\W*|"
    r"\W*(?:it|he|she|they|I|we)\s+(?:had|has|have)\s+(?:no|nothing)\s+(?:further\s+|immediate\s+|to\s+)?(?:comment|add)\b\W*",
    re.IGNORECASE,
)
"""What is said to say nothing: "said it would not comment while the inquiry sat"."""


def reports_silence(text: str, cue: Span, sentence: Span) -> bool:
    """Return whether the words around the cue, in its sentence, say that nothing was said.

    What begins only after the cue is what was said, and tells nothing: "said the firm had given no details".
    """
    start, end = max(sentence[0], cue[0] - BEFORE), min(sentence[1], cue[1] + AFTER)
    for found in _SILENCE.finditer(text[start:end].replace("’", "'")):
        low, high = start + found.start(), start + found.end()
        if low < cue[1] and high > cue[0]:
            # "ducked the question before saying", "said without further comment": something was said.
            return not (_SAID.search(text, cue[0], max(cue[0], low)) or _SAID.search(text, high, cue[1]))
    return False


def is_silence(text: str, claim: Claim, sentence: Span) -> bool:
    """Return whether a claim is none, because its words say that nothing was said, or that nobody said it.

    `sentence` holds the cue. Without a cue nothing is told.
    """
    if not claim.cue:
        return False
    if claim.content and all(_NO_COMMENT.fullmatch(text[start:end]) for start, end in claim.content):
        return True
    said = " ".join(text[start:end] for start, end in claim.content).replace("’", "'")
    if _OWN_SILENCE.fullmatch(said):
        return True
    if claim.source and _NOBODY.match(text, *claim.source[0]):
        return True
    return any(reports_silence(text, cue, sentence) for cue in claim.cue)
