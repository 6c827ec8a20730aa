"""A simple baseline for finding claims: a list of reporting verbs and the words around them.

In each sentence with a reporting verb, the capitalised words, pronoun or short noun phrase right before it (or
right after it, if a quotation or comma precedes) are the source. The longer rest of the sentence is the content.
"""

import re
from typing import Any

VERBS = (
    "said|says|told|tells|added|adds|claimed|claims|stated|states|argued|argues|insisted|insists|denied|denies|"
    "warned|warns|announced|announces|explained|noted|asked|asks|tweeted|wrote|writes|declared|acknowledged|suggested|urged"
)
SENTENCE = re.compile(r"[^\n]+?(?:[.!?][\"”’')]*(?=\s|$)|(?<=[a-z])(?=[A-Z])|(?=\n)|$)")
NOUNS = (
    r"(?:(?:[Tt]he|[Aa]n?)\s)?(?:[A-Z][\w.’'-]*|he|she|they|it|I|we|He|She|They|It|We|officials?|spokes\w+)"
    r"(?:\s(?:[A-Z][\w.’'-]*|of|for|official|officials))*"
)
BEFORE = re.compile(rf"({NOUNS})\s((?:has |had |have |also )?(?:{VERBS}))\b")
AFTER = re.compile(rf"[,?!][\"”’]?\s({VERBS})\s({NOUNS})")
ACCORDING = re.compile(rf"\b([Aa]ccording to)\s({NOUNS})")


def claims_by_rule(text: str) -> list[dict[str, Any]]:
    """Return the claims of `text`, in the form that score_claims.py reads."""
    claims: list[dict[str, Any]] = []
    for sentence in SENTENCE.finditer(text):
        start, end = sentence.span()
        for pattern, cue_group, source_group in ((AFTER, 1, 2), (BEFORE, 2, 1), (ACCORDING, 1, 2)):
            found = pattern.search(text, start, end)
            if found is None:
                continue
            left, right = (start, found.start()), (found.end(), end)
            content = left if left[1] - left[0] > right[1] - right[0] else right
            claims.append(
                {
                    "source": [found.span(source_group)],
                    "cue": [found.span(cue_group)],
                    "content": [content],
                    "actor": text[slice(*found.span(source_group))],
                }
            )
            break
    return claims
