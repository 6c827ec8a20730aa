"""To whom something was said: "told CNN", "in an interview with the BBC", "testified before Congress"."""

import re

from bot.extraction.speech.around_the_cue import Surroundings
from bot.model.claims import Claim, Span

_TELLS = re.compile(
    r"\b(?:t(?:old|ells?|elling)|inform(?:s|ed|ing)?|assur(?:e|es|ed|ing)|reassur(?:e|es|ed|ing)|remind(?:s|ed|ing)?|"
    r"warn(?:s|ed|ing)?|notif(?:y|ies|ied|ying)|brief(?:s|ed|ing)?|advis(?:e|es|ed|ing)|text(?:s|ed)|"
    r"e-?mail(?:s|ed)|ask(?:s|ed|ing)?|promis(?:e|es|ed|ing)|address(?:es|ed|ing)|convinc(?:e|es|ed|ing)|"
    r"caution(?:s|ed|ing)?|order(?:s|ed|ing)?|instruct(?:s|ed|ing)?|quizz(?:es|ed|ing))\W*$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|got|gets?|['’](?:re|s))\s+(?:\w+\s+)?\w+\W*$", re.IGNORECASE
)
_SPEAKS = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|wr(?:ote|ites?|iting|itten)|testif(?:y|ies|ied|ying)|sp(?:oke|eaks?|eaking|oken)|"
    r"explain(?:s|ed)|admit(?:s|ted)|confirm(?:s|ed)|confess(?:es|ed)|complain(?:s|ed)|announc(?:es|ed)|"
    r"reveal(?:s|ed)|report(?:s|ed)|repl(?:ies|ied)|apologi[sz](?:es|ed)|disclos(?:es|ed)|vow(?:s|ed)|"
    r"suggest(?:s|ed)|respond(?:s|ed)|appeal(?:s|ed)|shout(?:s|ed)|whisper(?:s|ed))\W*$",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r"\b(?:speaking|spoke|talking|testifying|testimony|evidence|remarks|comments|statement|letters?|e-?mails?|"
    r"messages?|speech|address|note|memo|report|reply|submission|interviews?|conversation|briefing|writing|phone\s+call|"
    r"call|appeal)\s+(?:\w+\s+)?(?:to|with|before)\s+|\baddressing\s+",
    re.IGNORECASE,
)
_DIRECTLY = re.compile(r"\s+(?:exclusively\s+)?(?:to|before|in\s+front\s+of)\s+", re.IGNORECASE)
_NOT_FIRST = (
    r"that|on|in|at|by|of|off|as|to|for|from|with|about|after|before|during|over|under|against|into|ahead|since|until|"
    r"when|while|where|who|what|why|how|which|whether|if|because|not|and|or|but|then|there|later|earlier|again|"
    r"yesterday|today|tonight|last|late|early|next|recently|repeatedly|publicly|privately|separately|\w+ly|via|"
    r"mon|tues|wednes|thurs|fri|satur|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"would|will|had|has|have|is|was|were|are|could|should|may|might|must|january|february|march|"
    r"april|june|july|august|september|october|november|december|earlier|so|is|through|without|only|also|adding|once|twice"
)
_STOPS = (
    r"that|on|in|at|by|off|as|to|from|with|about|after|before|during|over|under|against|into|ahead|since|until|"
    r"when|while|where|who|what|why|how|which|whether|if|because|not|or|but|then|later|earlier|again|via|"
    r"yesterday|today|tonight|last|late|early|recently|this\s+(?:morning|week|month|year|evening|afternoon|weekend)|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|would|will|had|has|have|is|was|were|are|through|"
    r"without|following|through|adding|saying|obtained|seen|dated|posted|published|sent|leaked|outside|inside|amid|than|there|a\s+(?:day|week|month|year)|"
    r"two\s+(?:days|weeks|months|years)|despite|he|she|they|it|I|we|for|and\s+(?:he|she|they|it|would|will|had|has|was)"
)
_PHRASE = re.compile(
    rf"(?!(?:{_NOT_FIRST})\b)(?:\w[\w.&’'-]*)(?:\s+(?!(?:{_STOPS})\b)\w[\w.&’'-]*){{0,11}}", re.IGNORECASE
)
_AND_MORE = re.compile(
    r"\s+and\s+(?:\w+ed|\w+ing|left|went|said|that|then|also|later|did|does|took|made)\b", re.IGNORECASE
)
_NOMINAL = re.compile(
    r"(?:the|an?|his|her|their|its|our|my|this|that|another|some|several|two|three|both|all|them|him|us|me|you|"
    r"reporters|journalists|lawmakers|investors|residents|members|supporters|fans|parents|staff|police|parliament|"
    r"congress|colleagues|delegates|voters|broadcasters?|officials|ministers|workers|employees|customers|analysts|"
    r"shareholders|students|users|media|local|state|national|foreign|public|senior|\w+’?s\b)\b|[A-Z]",
)


def addressee(text: str, claim: Claim, around: Surroundings) -> Span | None:
    """Return the words that name who was spoken to, or None. The claim has a cue."""
    return _told(text, claim.cue[0], around) or _spoken_to(text, claim.cue[0], around) or _occasion(text, around)


def _told(text: str, cue: Span, around: Surroundings) -> Span | None:
    """Find whom the cue has as its object: "told reporters"."""
    words = text[cue[0] : cue[1]]
    if not _TELLS.search(words) or _PASSIVE.search(words):
        return None
    gap = around.after[0]
    start = _after_space(text, gap)
    return _phrase(text, (start, gap[1]))


def _spoken_to(text: str, cue: Span, around: Surroundings) -> Span | None:
    """Find to whom the cue leads by a preposition: "said to reporters"."""
    if not _SPEAKS.search(text, *cue):
        return None
    for gap in around.after:
        found = _DIRECTLY.match(text, *gap)
        if found and _NOMINAL.match(text, found.end(), gap[1]):
            return _phrase(text, (found.end(), gap[1]))
    return None


def _occasion(text: str, around: Surroundings) -> Span | None:
    """Find with whom the occasion was: "in an interview with the BBC", "speaking to reporters"."""
    for gap in (*around.after, *around.between, around.before):
        found = _OCCASION.search(text, *gap)
        if found and _NOMINAL.match(text, found.end(), gap[1]):
            return _phrase(text, (found.end(), gap[1]))
    return None


def _after_space(text: str, gap: Span) -> int:
    start = gap[0]
    while start < gap[1] and text[start].isspace():
        start += 1
    return start


def _phrase(text: str, gap: Span) -> Span | None:
    """Return the noun phrase that `gap` starts with, up to what another verb, time or place begins with."""
    found = _PHRASE.match(text, *gap)
    if found is None:
        return None
    start, end = found.span()
    more = _AND_MORE.search(text, start, end)
    end = more.start() if more else end
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return (start, end) if end > start else None
