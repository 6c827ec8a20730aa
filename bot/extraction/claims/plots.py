"""Plots: what is said in a novel, film, play, song or game is written for a character, and nobody says it."""

import re

from bot.model.claims import Claim, Span

LONGEST = 100_000
"""Characters of a text up to which plots are sought: no review is longer."""
_WHOSE = r"(?:the|this|her|his|their|its|a|an|[\w-]{1,30}['’]s)"
_ACTED = (
    r"(?:novel|film|movie|play|episode|musical|opera|drama|comedy|thriller|sequel|prequel|sitcom|novella|short\sstory|ballet|"
    r"pantomime|biopic|mini-?series|cartoon|telenovela|fairy\stale|(?:video|computer|role-playing|adventure)\sgame|"
    r"(?:television|TV|Netflix|HBO|crime|drama|comedy|anime|animated)\sseries)"
)
_WORK = rf"(?:{_ACTED}|series|book|story|game|memoir|song|ballad|poem)"
_TITLED = r"[A-ZÀ-Þ][\w’'-]*(?:\s(?:[A-ZÀ-Þ][\w’'-]*|of|the|a|an|and|in|for)){0,5}"
_TITLE = rf"(?-i:\s(?:[“\"‘][^“”\"\n]{{1,60}}[”\"’]|{_TITLED}))"
_TELLS = r"(?:follows|unfolds|is\sset|takes\splace|tells\s(?:of|the)|cent(?:re|er)s|revolves|imagines)"
"""What a work does; a game or series of matches opens, begins and ends, too."""
_NUMBERED = r"(?:first|second|third|fourth|fifth|last|final|opening|closing|next)"
_ADJECTIVES = r"(?:[\w’'-]+\s){0,3}?"
PLOT = re.compile(
    "|".join(
        (
            rf"\b{_WHOSE}\s{_ADJECTIVES}(?:{_WORK}{_TITLE}?,?\s(?:then\s|also\s)?{_TELLS}|"
            rf"(?:{_ACTED}|book|story|memoir|song|ballad|poem|{_WORK}{_TITLE}),?\s(?:then\s|also\s)?(?:opens|begins|starts|ends|stars))\b",
            rf"\b(?:In|By|During)\s(?:the|{_WHOSE}\s{_WORK}['’]s)\s(?:\w+\s)?{_NUMBERED}\s(?:act|scene|episode|chapter|reel|verse|level)\b",
            r"\bIn\s(?:act|scene|chapter|episode)\s(?:[ivx]+|\d+|one|two|three|four|five)\b",
            r"\bIn\s(?:the|its)\s(?:chorus|refrain|libretto|prologue|epilogue)\b",
            rf"\bIn\s{_WHOSE}\s{_ADJECTIVES}(?:production|staging|revival|adaptation|retelling)\s(?:at|by|for|of)\s"
            r"(?-i:(?:[Tt]he\s)?[“\"‘A-ZÀ-Þ])[^.!?\n]{2,60}?,",
            rf"\bIn\s{_WHOSE}\s{_ADJECTIVES}{_ACTED}{_TITLE}?(?:,|(?=\s(?:he|she|they|one|the|a|an|his|her)\s))",
            r"\b(?:last\snight|tonight|(?:this|last)\sweek|yesterday|\w+day)['’]s\s(?:episode|instal?lment|(?:season\s|series\s)?finale)\b",
            r"\b(?:novel|film|movie|play|episode|musical|opera|comedy|thriller|sitcom|sketch|short\sstory|pantomime)\b"
            r"[^\n]{0,160}[.!?”\"]\sIn\sit,",
            r"(?-i:(?:^|(?<=[\n.!?”\"]\s)|(?<=\n))In\s[“\"‘](?:[A-ZÀ-Þ][\w’'-]*|of|the|a|an|and|in|for|to|on)"
            r"(?:\s(?:[A-ZÀ-Þ][\w’'-]*|of|the|a|an|and|in|for|to|on)){0,8},?[”\"’],?\s)",
        )
    ),
    re.IGNORECASE,
)
"""What says that the sentences behind it retell a work."""
REVIEW = re.compile(
    r"[^\n]{0,20}[★☆]{2,}|[^\n]{0,60}\b(?:\d|one|two|three|four|five)(?:\sstars|\sout\sof\sfive|/5|/10)\b|"
    r"[^\n]{0,60}\b(?:TV|telly|television|radio)\s(?:tonight|today|guide|listings|picks|highlights|recap)\b|"
    r"[^\n]{0,60}\breview\b[^\n]{0,60}(?:[“”\"‘’★]|\(\w{1,3}\)|\b(?:film|movie|novel|play|theatre|theater|cinemas?|musical|opera|"
    r"stage|series|season|box\sset)\b)",
    re.IGNORECASE,
)
"""A headline of a review of a work: what its paragraphs tell in the present tense stands in the work."""
MAKERS = re.compile(
    r"\b(?:director|author|writer|actor|actress|critic|producer|star|composer|playwright|novelist|reviewer|screenwriter|"
    r"editor|publisher|designer|professor|historian|spokes\w+|reviews?)\b",
    re.IGNORECASE,
)
"""Who speaks about works, not in them."""
IN_A_WORK = re.compile(
    r"\W*(?:\w+\s+){0,3}?(?:in|during|at\s+the\s+end\s+of)\s(?:the|a|one|its|his|her|their)\s(?:[\w’'-]+\s){0,2}?(?:trailer|play|novel|"
    r"episode|scene|(?:first|second|third|fourth|fifth|last|final)\sact|chorus|comic|cartoon|musical|opera|sitcom|sequel|advert|commercial|game|prologue|epilogue)\b"
)
"""Behind a report: what is said there is written for a character."""
PRESENT = re.compile(r"\b(?:is\s\w+ing|are\s\w+ing|\w{2,}[^s\W]s)\b(?!\W*\w+ed\b)")


FACTUAL = re.compile(
    r"\b(?:podcast|documentary|docu-?series|talk[\s-]show|chat[\s-]show|phone-in|news\sprogramme|breakfast\sshow|biography)\b",
    re.IGNORECASE,
)
"""Works in which people speak for themselves."""


def plot_in(text: str, paragraph: Span, *, retells: bool) -> int | None:
    """Return where the words of a paragraph end that say that it retells a work; None if none do.

    `retells` says that every paragraph does, as in a review.
    """
    if FACTUAL.search(text, *paragraph):
        return None
    work = PLOT.search(text, *paragraph) if len(text) <= LONGEST else None
    return work.end() if work else paragraph[0] if retells else None


def is_review(text: str) -> bool:
    """Return whether the headline of `text` is that of a review of a work."""
    return REVIEW.match(text) is not None


def is_a_line(claim: Claim, text: str) -> bool:
    """Return whether a claim is a line of a work: said by somebody without a name, "in the trailer"."""
    if not claim.cue or not claim.source or not PRESENT.search(text[slice(*claim.cue[0])]):
        return False
    source = text[slice(*claim.source[0])]
    if MAKERS.search(source) or re.search(r"[A-ZÀ-Þ]", source.removeprefix("The ").removeprefix("A ")):
        return False
    behind = max(claim.cue[0][1], claim.source[0][1])
    return IN_A_WORK.match(text, behind) is not None


def is_plot(claim: Claim, text: str, paragraph: Span, plot: int | None) -> bool:
    """Return whether a claim retells what somebody says in a work, in the present tense.

    `plot` is where the first words of the paragraph end that tell of a work, if any do. Whoever speaks about it
    also stands elsewhere in the article.
    """
    if not claim.cue or not claim.source:
        return False
    cue = text[slice(*claim.cue[0])]
    if plot is None or plot > claim.cue[0][0] or not PRESENT.search(cue):
        return False
    source = text[slice(*claim.source[0])]
    if MAKERS.search(source):
        return False
    words = re.findall(r"\b(?!(?:The|An?|One|Another|His|Her|Their|My)\b)[A-ZÀ-Þ][\w’-]+", source)
    outside = text[: paragraph[0]] + text[paragraph[1] :]
    return not any(re.search(rf"\b{re.escape(word)}\b", outside) for word in words)
