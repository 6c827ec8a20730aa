"""Whether a claim tells by itself what somebody said: whether it can be shown without its article. Pure.

Extraction also finds what people think, and reports that a writer put into somebody's mouth. In an article that is
clear; alone in a digest it misleads.
"""

import re

from bot.model.claims import Wording
from bot.model.digests import DigestClaim

FEWEST_WORDS = 4
"""Contents with fewer words ("yes, of course") say little by themselves."""

_LEANS = re.compile(
    r"^(?:it|this|that|these|those|they|he|she|him|her|them|so|there|here|yes|no|not|and|but|because|which|who|"
    r"(?:exactly |much )?the same(?! \w+ (?:that|who|which|as)\b))\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"\b(?:on|about|over|upon)$")
"""The end of a cue that only tells what somebody spoke about."""
_CUT = re.compile(
    r"(?:,|\b(?:which|who|whose|that|and|but|or|to|of|the|a|an|after|before|with|for))[”\"'’.]*$", re.IGNORECASE
)
_NOT_SAID = re.compile(
    r"\b(?:(?:is|are|was|were|be|been|being)\s+(?:\w+\s+)?(?:expected|set|seen|poised|bound|likely|known|thought|"
    r"believed|supposed)|(?:come|comes|came|coming)\s+(?:in\s+for|under)|(?:send|sends|sent|sending)\s+(?:an?|the)\s+"
    r"(?:clear|strong|powerful|wrong|dangerous|mixed|bad|terrible|chilling)\s+(?:message|signal)|apparently|presumably|seemingly|evidently|(?:must|may|might|would)\s+have)\b",
    re.IGNORECASE,
)
"""Cues that tell what happens to somebody, or what a writer guesses, and not what is said."""
_SAYS = re.compile(
    r"\b(?:accord|accus|acknowledg|admi|advis|advocat|affirm|agree|alleg|announc|answer|apologi|appeal|argu|ask|assert|"
    r"assur|attack|attest|believ|blam|blast|boast|brand|brief|call|caution|challeng|charg|chid|cit(?:e|ing)|claim|"
    r"clarif|comment|commend|commit|compar|complain|compliment|conced|conclud|concur|condemn|confess|confid|confirm|"
    r"congratulat|contend|contradict|contrast|counter|critici|debat|decid|declar|decri|defend|defin|demand|denounc|"
    r"den(?:y|i)|describ|detail|determin|dictat|dismiss|disclos|discover|discuss|disput|document|doubt|downplay|echo|"
    r"elaborat|emphasi|encourag|endors|estimat|expect|explain|express|fact-check|find|found|forecast|fear|fume|guess|"
    r"hail|highlight|hint|hop(?:e|ing)|implor|impl(?:y|i)|indicat|inform|insinuat|insist|instruct|interject|interpret|"
    r"invit|joke|joking|judg|justif|label|lament|lash|learn|maintain|mention|mock|mus(?:e|ing)|not(?:e|ing)|object|"
    r"observ|offer|opin|oppos|order|outlin|paint|plea|pledg|point|prais|predict|present|press|proclaim|project|promis|"
    r"propos|protest|prov(?:e|ing)|publish|question|quip|quot|rail|rant|rat(?:e|ing)|reaffirm|reassur|rebuff|rebut|"
    r"recall|recommend|recount|refer|reflect|refut|reiterat|reject|relat|remark|rememb|remind|repeat|repl(?:y|i)|"
    r"report|request|respond|restat|retort|reveal|rul(?:e|ing)|sa(?:y|id)|scoff|scold|show|signal|slam|spe(?:ak|ech)|"
    r"spoke|spell|stat(?:e|ing)|stress|suggest|support|suspect|swear|swore|talk|tell|told|term|testif|thank|think|"
    r"thought|threat|tout|tweet|underlin|underscor|unveil|urg|view|voic|vow|want|warn|welcom|whisper|wish|wonder|word|"
    r"writ|wrote|yell)",
    re.IGNORECASE,
)
"""How cues begin that report words. Another cue ("ignores", "doesn't mind") may be a writer's view of somebody."""
_BROKEN_NAME = re.compile(r"^(?:[Aa]nd|[Oo]r|[Bb]ut|[Nn]or|[Tt]han|[Mm]ore) [a-z]")
"""A speaker whose name begins like this was cut off."""


def is_said(actor: str | None, cue: str, verbatim: Wording) -> bool:
    """Return whether an actor says a claim with this cue. What is in quotation marks always counts."""
    if actor and _BROKEN_NAME.search(actor):
        return False
    if verbatim is Wording.VERBATIM or not cue:
        return True
    return bool(_SAYS.search(cue)) and not _NOT_SAID.search(cue)


def is_complete(claim: DigestClaim) -> bool:
    """Return whether a claim can be understood without what stood around it.

    One that opens with a pronoun can if it is shown what that refers to.
    """
    bare = claim.content.strip(" “”\"'‘’").removeprefix("that ")
    bare = f"{claim.refers_to} {bare.partition(' ')[2]}" if claim.refers_to else bare
    enough = len(bare.split()) >= FEWEST_WORDS
    return enough and not (_LEANS.search(bare) or _CUT.search(bare) or _TOPIC.search(claim.cue))
