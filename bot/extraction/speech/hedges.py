"""Whether a claim is hedged: its source, or the report, does not vouch for it ("may have", "reportedly")."""

import re
from collections.abc import Sequence

from bot.model.claims import Span

IN_REPORT = re.compile(
    r"\b(?:reportedly|allegedly|apparently|supposedly|appear(?:s|ed)?|seem(?:s|ed)?|suggests|hint(?:s|ed|ing)?|"
    r"impl(?:y|ies|ied|ying)|speculat\w+|insinuat\w+|"
    r"(?:is|are|was|were|has\s+been|have\s+been)\s+(?:widely\s+)?(?:said|thought|believed|understood|rumou?red)"
    r"(?=\W*$|\s+to\b))\b",
    re.IGNORECASE,
)
"""In the cue and beside it. `is said` counts where a "to" follows, in the cue or in the content."""
IN_CONTENT = re.compile(
    r"(?:(?-i:\b(?:may|MAY)\b)|^\W*May(?=\s+[a-z])|"
    r"\b(?:might|perhaps|maybe|probabl[ey]|possibl[ey]|presumably|potentially|apparently|reportedly|allegedly|"
    r"conceivabl[ey]|(?<!as )(?<!more )(?<!less )(?<!most )(?<!equally )likel(?:y|iest)|unlikely|unclear|"
    r"seem(?:s|ed)?|appear(?:s|ed)?\s+(?:to|that|not)|could\s+(?:well|yet|still|also|soon|even|eventually)|"
    r"cannot\s+be\s+(?:excluded|ruled\s+out)|can(?:not|['’]t|\s+not)\s+rule\s+out|"
    r"not\s+(?:yet\s+)?(?:clear|certain|sure)|as\s+far\s+as\s+(?:I|we)\s+know|there\s+is\s+a\s+chance|"
    r"(?:I|we)\s+(?:(?:still|really|just|also|honestly|personally|do)\s+)?"
    r"(?:think|believe|guess|suppose|suspect|assume)|"
    r"(?:is|are|was|were)\s+(?:widely\s+)?(?:said|thought|believed|understood|rumou?red)\s+to)\b)",
    re.IGNORECASE,
)
"""In the content. "May" is a month where it stands elsewhere than first."""


def is_hedged(text: str, report: Sequence[Span], content: Sequence[Span]) -> bool:
    """Return whether the words of `report` (the cue and what stands beside it) or of `content` hedge."""
    return any(IN_REPORT.search(text, *span) for span in report) or any(
        IN_CONTENT.search(text, *span) for span in content
    )
