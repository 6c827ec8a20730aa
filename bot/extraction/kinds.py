"""What kind of thing a claim is, and whose words it is in: rules on cue, content and quotation marks."""

import re
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.annotations import claims_of, set_claims
from bot.extraction.quotations import quotations, wording
from bot.extraction.values import Claim, Kind


def _stems(words: str) -> re.Pattern[str]:
    """Return a pattern of words, each matched as a whole, or as a beginning where it ends in `*`."""
    parts = (re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in words.split("|"))
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)


DENIAL = _stems(
    "deny|denies|denied|denying|denial*|refus*|reject*|rule out|ruled out|rules out|ruling out|dismiss*|disput*|"
    "refut*|rebuff*|rebut*|contradict*|disavow*|decline to|declined to|declines to|disagree*"
)
QUESTION = _stems("wonder*|question*|quer*|inquir*|enquir*")
ASK = _stems("ask|asks|asked|asking")
TELL = _stems("tell|tells|told|telling")
DEMAND = _stems(
    "urg*|demand*|call for|calls for|called for|calling for|call on|calls on|called on|calling on|call upon|"
    "called upon|order|orders|ordered|ordering|request*|recommend*|plead*|appeal*|command*|beg|begs|begged|"
    "begging|encourag*|advis*|instruct*|implor*|insist on|insisted on|require|requires|required|pressed|push for|"
    "pushed for|persuad*|exhort*|warned against|propos*"
)
OPINION = _stems(
    "critici*|prais*|blast*|condemn*|slam*|accus*|believ*|think|thinks|thought|thinking|feel|feels|felt|doubt*|concern*|"
    "worr*|fear|fears|feared|fearing|welcom*|describ*|support*|oppos*|endors*|admir*|mock*|hail*|"
    "applaud*|regret*|lament*|hope|hopes|hoped|hoping|want|wants|wanted|wish|wishes|wished|like|likes|liked|prefer*|"
    "agree|agrees|agreed|attack*|defend*|denounc*|deplor*|decri*|ridicul*|scoff*|complain*|blam*|"
    "alarm*|disappoint*|outrag*|opinion*|view|views|viewed|favor*|favour*|promot*|back|backs|backed|backing|"
    "commend*|celebrat*|fault*|rail*|lambast*|rebuk*|hate|hates|love|loves|trust|trusts|critical|skeptic*|sceptic*|"
    "compar*|consider*|conclusion|spoken out|spoke out|cast doubt|aims|aim|goal|resist*|called|calls|calling|call"
)
PREDICTION = _stems(
    "predict*|forecast*|expect*|warn|warns|warned|warning|anticipat*|foresee*|foresaw|foreseen|projects|projected|prophes*"
)
OUTLOOK = _stems(
    "likely to|is expected to|are expected to|was expected to|will likely|will probably|would likely|set to|"
    "on track to|poised to|bound to"
)
OBLIGATION = _stems("should|must|ought to|needs to|need to|has to|have to|is needed|are needed|let us|lets")
JUDGEMENT = _stems(
    "I think|I believe|I feel|I hope|I love|I hate|in my opinion|believe|believes|believed|feel|feels|felt|proud|"
    "terrible|wonderful|great|unacceptable|disgraceful|shameful|outrageous|ridiculous|absurd|beautiful|horrible|awful|"
    "amazing|damning|wrong|unfair|disappoint*|important|concerned|worried|glad|happy|sad|grateful|sorry|shocking"
)
WH_START = re.compile(r"\W*(?:if|whether|what|why|how|who|whom|whose|where|when|which)\b", re.IGNORECASE)
INFINITIVE = re.compile(r"\bto\s+[a-z]+", re.IGNORECASE)
STARTS_WITH_TO = re.compile(r"\W*(?:not\s+)?to\s+[a-z]+", re.IGNORECASE)


def kind_of(cue: str, content: str) -> Kind:
    """Return the kind of a claim from the words of its cue and its content; `statement` where nothing says more.

    The cue decides first, in the order denial, prediction, question, demand, opinion; with a neutral cue
    ("said") the form of the content does.
    """
    return _kind_of_cue(cue, content) or _kind_of_content(content) or Kind.STATEMENT


def _kind_of_cue(cue: str, content: str) -> Kind | None:
    for kind, pattern in ((Kind.DENIAL, DENIAL), (Kind.PREDICTION, PREDICTION)):
        if pattern.search(cue):
            return kind
    plain_question = WH_START.match(content) or _asks(content)
    if QUESTION.search(cue):
        return Kind.QUESTION if plain_question else Kind.OPINION
    if ASK.search(cue):
        return Kind.QUESTION if plain_question or not INFINITIVE.search(content) else Kind.DEMAND
    if DEMAND.search(cue) or (TELL.search(cue) and STARTS_WITH_TO.match(content)):
        return Kind.DEMAND
    return Kind.OPINION if OPINION.search(cue) else None


def _kind_of_content(content: str) -> Kind | None:
    if _asks(content):
        return Kind.QUESTION
    patterns = ((Kind.PREDICTION, OUTLOOK), (Kind.DEMAND, OBLIGATION), (Kind.OPINION, JUDGEMENT))
    return next((kind for kind, pattern in patterns if pattern.search(content)), None)


def _asks(content: str) -> bool:
    return content.rstrip(" \"”’'").endswith("?")


class KindTeller:
    """Sets `kind` and `verbatim` of the claims of the Doc."""

    def __call__(self, doc: Doc) -> Doc:
        """Tell the kinds of the claims of `doc`."""
        text = doc.text
        quoted = quotations(text)
        set_claims(doc, [self._told(claim, text, quoted) for claim in claims_of(doc)])
        return doc

    @staticmethod
    def _told(claim: Claim, text: str, quoted: list[tuple[int, int]]) -> Claim:
        cue = " ".join(text[start:end] for start, end in claim.cue)
        content = " ".join(text[start:end] for start, end in claim.content)
        return replace(claim, kind=kind_of(cue, content), verbatim=wording(claim.content, quoted, text))


@Language.factory("hearsay_kinds")
def create_kind_teller(nlp: Language, name: str) -> KindTeller:  # noqa: ARG001
    """Make the component that tells kinds."""
    return KindTeller()
