"""A quotation has one speaker, the one of its tag, even if verbs of speech stand within it."""

from dataclasses import replace

from bot.extraction.claims.split_quotations import with_quotations_together
from bot.model.claims import Claim, Kind, Span, Wording

TEXT = (
    "Asked about the insult, Reyes shrugged it off. "
    "“He let out his rage, and he praised Holm. He said she was great,” Reyes said."
)


def span(words: str, text: str = TEXT) -> Span:
    return text.index(words), text.index(words) + len(words)


def claim(source: Span, cue: Span, *content: Span) -> Claim:
    return Claim((source,), (cue,), content, None, Kind.STATEMENT, Wording.MIXED, 0.9, (0, len(TEXT)))


FIRST = claim(span("Reyes"), span("shrugged it off"), span("“He let out his rage, and he praised"))
SECOND = claim(
    (TEXT.rindex("Reyes"), TEXT.rindex("Reyes") + 5),
    (TEXT.rindex("said"), TEXT.rindex("said") + 4),
    span("He said she was great,”"),
)
SENTENCES = [(0, TEXT.index("“")), (TEXT.index("“"), len(TEXT))]


def test_what_was_split_goes_to_the_speaker_of_the_tag() -> None:
    (found,) = with_quotations_together([FIRST, SECOND], TEXT, SENTENCES)
    assert found.source == SECOND.source
    assert found.content == (span("“He let out his rage, and he praised Holm. He said she was great,”"),)


def test_whoever_said_something_else_before_keeps_that() -> None:
    before = replace(FIRST, content=(span("the insult"), *FIRST.content), cue=((0, 5),))
    first, second = with_quotations_together([before, SECOND], TEXT, SENTENCES)
    assert first.content == (span("the insult"),)
    assert len(second.content) == 1


def test_a_quotation_that_the_report_leads_on_to_stays_with_it() -> None:
    text = TEXT.replace("shrugged it off. ", "shrugged it off: ")
    assert with_quotations_together([FIRST, SECOND], text, SENTENCES) == [FIRST, SECOND]


def test_two_quotations_stay_two() -> None:
    text = TEXT.replace("praised Holm. He", "praised” Holm. “H")
    assert with_quotations_together([FIRST, SECOND], text, SENTENCES) == [FIRST, SECOND]
