"""How names and searches are compared: which folded words (`bot.text.folding`) count. Pure."""

from bot.text.folding import WORD, fold, words_of

__all__ = ["STOP_WORDS", "TITLES", "fold", "folded_name", "words_of"]

TITLES = frozenset(
    WORD.findall(
        "mr mrs ms miss mx dr prof professor sir dame lord lady president vice deputy acting former ex "
        "senator sen congressman congresswoman representative rep governor gov mayor minister prime foreign "
        "defence defense chancellor premier secretary ambassador general gen lieutenant lt colonel col major "
        "maj captain capt sergeant sgt admiral commander judge justice rev reverend father bishop archbishop "
        "cardinal rabbi imam chairman chairwoman spokesman spokeswoman spokesperson herr frau monsieur madame "
        "mme señor señora "
    )
)
"""Words before a name that are not part of it. Those that are ("Pope", "King", "Sheikh") are not included."""

STOP_WORDS = frozenset(
    WORD.findall(
        "i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her "
        "hers herself it its itself they them their theirs themselves what which who whom this that these "
        "those am is are was were be been being have has had having do does did doing a an the and but if or "
        "because as until while of at by for with about against between into through during before after "
        "above below to from up down in out on off over under again further then once here there when where "
        "why how all any both each few more most other some such no nor not only own same so than too very s "
        "t can will just don should now "
    )
)
"""The English stop words of PostgreSQL, which its index leaves out (its english.stop)."""


def folded_name(name: str, *, person: bool = False) -> str:
    """Return the words of a name as one string for comparison: without "the", and for a person without titles."""
    words = words_of(name)
    first = 0
    while person and first < len(words) - 1 and words[first] in TITLES:
        first += 1
    if not person and len(words) > 1 and words[0] == "the":
        first = 1
    return " ".join(words[first:])[:200]
