"""Makes a claim readable: fixes quotation marks, glued sentences and case, without changing a word."""

import re

from bot.delivery.escape import cleaned
from bot.model.claims import Wording
from bot.text.clipping import ELLIPSIS
from bot.text.content_words import opened_seams

_PAIRS = {"“": "”", '"': '"', "«": "»", "„": "“", "‘": "’", "'": "'", "‹": "›", "”": "”", "「": "」"}
_DOUBLE = '“”"«»„「」'
_STRAIGHT_START = re.compile(r"(?:(?<=^)|(?<=[\s(\[‘–—-]))\"(?=\S)")
_STRAIGHT_END = re.compile(r"\"")
_PUNCTUATION = re.compile(r"[.,;:!?\"“”'’()–—-]")
_REPORTERS = " ,;:—–"
"""The ends of a reporting clause within a content. They are the reporter's words, not the speaker's."""
_COMMA_INSIDE = re.compile(r",(?=[”»]$)")
_NO_SPACE = re.compile(r"(?<=[^\W\d_]{2}[.!?])(?=[A-Z][a-z]|[“A-Z]\S{0,40}\s)|(?<=[a-z][.!?][”’»])(?=[“A-Z])")
"""A full stop at which scraping glued two sentences together."""
_GLUED = re.compile(
    r"(?<=[a-z]{2})(?=(?:The|A|An|He|She|It|They|But|And|In|On|At|This|That|These|Those|There|We|You|As|For|However|"
    r"Meanwhile|If|When|While|After|Before|According)\s)"
)
"""Two sentences that scraping glued together, losing the full stop."""
_DANGLING = re.compile(r"[\s,]+(?:that|and|but|or)$")
_COMPLEMENTISER = re.compile(
    r"^[Tt]hat(?:, | (?="
    r"(?:the|an?|he|she|it|they|we|i|you|his|her|its|their|our|my|there|this|these|those|no|some|any|"
    r"all|both|each|every|if|when|while|once|because|although|after|before|until|since|by|at|in|on|with|without|"
    r"not|only|even|more|most|many|few|fewer|several|about|around|almost|nearly|nobody|nothing|everyone|everybody|"
    r"people|police|men|women|children|one|two|three|four|five|six|seven|eight|nine|ten)\b|[A-Z\d£$€“]|"
    r"[a-z]{3,}ing (?:up|out|down|off|the|an?|his|her|its|their|our|my|more|less|any|all)\b|"
    r"(?:[a-z’'-]+ )?[a-z-]+[^\WsiuA-Z]s (?:\w+ ){0,3}?"
    r"(?:had|have|could|would|will|were|are|may|might|must|should|did|do|can)\b))"
)
""""that" before words that begin a clause. "That day" keeps it."""
_SAID_THAT = re.compile(
    r"(?:(?:has|have|had|also|later|then)\s+)*(?:sa(?:id|ys?)|add(?:s|ed)|explain(?:s|ed)|not(?:es|ed))",
    re.IGNORECASE,
)
_THAT = re.compile(r"\W*that\b", re.IGNORECASE)
_PRONOUN = re.compile(rf"^(?:(?:he|she|it|they)\b|which\s+{ELLIPSIS})", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_LINK = re.compile(r"^(?:that|and|but|how|as|saying)[,:]?\s+(?=[“\"«„])", re.IGNORECASE)
"""A word of the reporter's before a quotation."""
_SCRAPED_FROM = 8
"""A text of this many words without any punctuation counts as scraped."""
_SAID = re.compile(
    r"(?:(?:has|have|had|also|later|then|is|are|was|were|been|be|being|to|as|in|by|as well|previously|\w+ly)\s+)*"
    r"(?:sa(?:id|ys?|ying)|t(?:old|ells?|elling)|add(?:s|ed|ing)?|according(?:\s+to)?|wr(?:ote|ites?|iting|itten)|"
    r"stat(?:es?|ed|ing)|explain(?:s|ed|ing)?|posts?|posted|tweet(?:s|ed)?|testif(?:y|ies|ied|ying)|:|repl(?:y|ies|ied)|"
    r"comment(?:s|ed)|remark(?:s|ed)|not(?:es|ed|ing)|continu(?:es|ed)|sp(?:oke|eaks?|eaking)|quoted?|citing|quoting)\b(?:\s.*)?|(?:to|by|of|in|as)",
    re.IGNORECASE,
)
"""Cues that mean no more than "said"."""
_ACCORDING = re.compile(r"(?:in |as )?according(?:\s+to)?", re.IGNORECASE)
_NO_CLAUSE = re.compile(
    r"(?:not\s+)?to\s+[a-z]|about\s(?!\d|half|an?\s|one|two|three|four|five|six|seven|eight|nine|ten\b)|"
    r"(?:if|whether|for|against)\s",
    re.IGNORECASE,
)
_ON_A_TOPIC = re.compile(
    r"\b(?:on|about|of|over|upon)$|^\W*(?:explain|comment|remark|sp[eo]a?k)\w*$", re.IGNORECASE
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|be|has|have|had|do|does|did|will|would|can|could|may|might|must|should|shall|\w+ed|"
    r"\w+n['’]t|(?:it|he|she|that|there|who|what)['’]s)\b|['’](?:re|ve|ll|d|m)\b",
    re.IGNORECASE,
)
"""A verb that turns words into a clause, or may do so."""
_TAKES_A_THING = re.compile(
    r"(?:(?:has|have|had|also|later|then)\s+)*"
    r"(?:cit(?:es|ed|ing)|not(?:es|ed|ing)|post(?:s|ed|ing)|tweet(?:s|ed|ing)|stat(?:es|ed|ing)|explain(?:s|ed|ing)|"
    r"sp(?:oke|eaks?|eaking)\b.*)",
    re.IGNORECASE,
)
"""Reporting words that go with a mere thing, too: "cited the risks posed by the dam", "tweeted a chart"."""
_ENDS_IN_A_VERB = re.compile(r"\w \w+ (?!saying|adding|stating|noting|writing|explaining|telling)[a-z]{2,}ing$")
"""The end of a longer cue that reports: "posted a message blaming"."""
_CERTAINLY_A_VERB = re.compile(
    r"\b(?:is|are|was|were|am|be|has|have|had|do|does|did|will|would|can|could|may|might|must|should|shall|"
    r"\w+n['’]t|(?:it|he|she|that|there|who|what)['’]s)\b|['’](?:re|ve|ll|d|m)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"((?:(?:has|have|had)\s+been|was|were|is|are)\s+(?:\w+ly\s+)?\w+)\s+by", re.IGNORECASE)
"""A cue behind its content: "the phone was praised by Jobs as …"."""
_SMALL = re.compile(
    r"(?:The|An?|He|She|It|They|You|We|His|Her|Its|Their|Our|My|This|That|These|Those|There|Some|Many|Most|All|Both|No|Not|"
    r"If|Whether|When|Where|What|Why|How|Who|Which|To|About|For|Against|In|On|At|By|Of|As|With|One|Two|Three|Any|Each|"
    r"Every|More|Nobody|Nothing|Several|Another|Such)\b"
)
"""Words that lose their capital if they no longer begin a sentence."""


def shown_words(content: str, verbatim: Wording, refers_to: str | None = None) -> str:
    """Return `content` as plain words to show on their own, without quotation marks around the whole.

    Words are never changed (see `repaired_words`). A first capital that scraping lost is restored. The referent of
    an opening pronoun replaces it in brackets.
    """
    words = repaired_words(content, verbatim)
    if verbatim is Wording.VERBATIM and not _is_scraped(words):
        return words
    return with_capital(_with_referent(words, refers_to))


def shown_report(cue: str, content: str, verbatim: Wording, refers_to: str | None = None) -> tuple[str, str]:
    """Return the cue to show before a paraphrase, possibly empty, and the content in words that continue it.

    The cue is shown if it says more than "said", or if the content cannot stand on its own ("to leave").
    """
    words = _with_referent(repaired_words(content, verbatim), refers_to)
    shown = cleaned(cue).strip(_REPORTERS)
    if (
        not any(map(str.isalnum, shown))
        or _ACCORDING.fullmatch(shown)
        or (_SAID.fullmatch(shown) and not _needs_cue(shown, words))
    ):
        return "", with_capital(words)
    if passive := _PASSIVE.fullmatch(shown):
        first, _, rest = words.partition(f" {ELLIPSIS} ")
        return "", with_capital(f"{first} {passive[1].lower()} {rest}".rstrip())
    if _THAT.match(cleaned(content)) and not _THAT.match(words):
        words = f"that {_without_capital(words)}"  # "denied that it was late" continues its cue
    return shown.lower() if shown.isupper() or shown.istitle() else shown, _without_capital(words)


def repaired_words(content: str, verbatim: Wording) -> str:
    """Return `content` as plain words, without quotation marks around the whole; case is unchanged.

    Straight marks become curly, half a pair of marks is completed, and glued sentences get their space back. The
    reporter's "that" before reported speech goes, as does a comma or an "and" that led to words outside the
    content.
    """
    words = _curled(cleaned(content).lstrip(_REPORTERS + ".)").rstrip(_REPORTERS))
    if verbatim is Wording.VERBATIM:
        words = _LINK.sub("", words)
    words = _COMMA_INSIDE.sub("", _without_outer_marks(words, verbatim).rstrip(_REPORTERS))
    if _is_scraped(words) or (verbatim is Wording.VERBATIM and _PUNCTUATION.search(words) is None):
        words = opened_seams(words)
    words = _GLUED.sub(" ", _NO_SPACE.sub(" ", words))
    if verbatim is not Wording.VERBATIM:
        words = _COMPLEMENTISER.sub("", _DANGLING.sub("", _completed(words)))
    return words or ELLIPSIS


def _needs_cue(cue: str, words: str) -> bool:
    """Return whether `words` mean nothing without their cue: "to leave", "commented on" the plan.

    Also if "that" before them could be read as "this": "said that new evidence was found".
    """
    if _NO_CLAUSE.match(words) or (_THAT.match(words) and _SAID_THAT.fullmatch(cue)):
        return True
    if _ON_A_TOPIC.search(cue) is not None:
        return _FINITE.search(words) is None
    if _ENDS_IN_A_VERB.search(cue):
        return True
    return _TAKES_A_THING.fullmatch(cue) is not None and _CERTAINLY_A_VERB.search(words) is None


def _with_referent(words: str, refers_to: str | None) -> str:
    """Return `words` with the referent of their opening pronoun in brackets: "[the takeover] would cost jobs"."""
    meant = _POSSESSIVE.sub("", cleaned(refers_to or ""))
    return _PRONOUN.sub(lambda _: f"[{meant}]", words, count=1) if meant else words


def with_capital(words: str) -> str:
    """Return `words` with an initial capital, if their first word is in lower case."""
    first = words.split(" ", 1)[0]
    return words[:1].upper() + words[1:] if first.islower() else words


def _without_capital(words: str) -> str:
    """Return `words` as part of a sentence: a first word that is not a name loses its capital."""
    return words[:1].lower() + words[1:] if _SMALL.match(words) else words


def _is_scraped(words: str) -> bool:
    return len(words.split()) >= _SCRAPED_FROM and not _PUNCTUATION.search(words)


def _curled(words: str) -> str:
    """Return `words` with curly double quotation marks instead of straight ones, which have no direction."""
    return _STRAIGHT_END.sub("”", _STRAIGHT_START.sub("“", words))


def _completed(words: str) -> str:
    """Return `words` with the missing half of each pair of quotation marks added at the end."""
    opened = 0
    missing = 0
    for char in words:
        if char == "“":
            opened += 1
        elif char == "”":
            if opened:
                opened -= 1
            else:
                missing += 1
    # a quotation over several paragraphs opens each of them
    return "“" * min(missing, 1) + words + "”" * min(opened, 1)


def _without_outer_marks(words: str, verbatim: Wording) -> str:
    """Return `words` without the quotation marks around them.

    Verbatim words also lose a single mark at one end, since the span of a claim may end within its marks. Other
    words only lose a pair that encloses all of them.
    """
    while len(words) > 2 and _PAIRS.get(words[0]) == words.rstrip(".,")[-1:]:
        inner = words.rstrip(".,")[1:-1]
        if verbatim is not Wording.VERBATIM and any(mark in inner for mark in _DOUBLE):
            return words
        words = inner.strip()
    if verbatim is Wording.VERBATIM:
        if words[:1] and words[0] in _DOUBLE and not _closed(words[1:]):
            words = words[1:].lstrip()
        if words[-1:] and words[-1] in _DOUBLE and not any(mark in words[:-1] for mark in _DOUBLE):
            words = words[:-1].rstrip()
    return words


def _closed(rest: str) -> bool:
    return any(mark in rest for mark in _DOUBLE)
