"""The component that finds claims: links as spans of characters, with a probability and the sentences around."""

import io
import math
from bisect import bisect_right
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.annotations import pieces_of, scores_of, set_claims
from bot.extraction.linking import Link, LinkOptions, LinkWeights, Words, links
from bot.extraction.pieces import Pieces
from bot.extraction.values import Claim, Kind, Span, Wording

FILE = "head.npz"
Calibration = dict[str, float]
UNCALIBRATED: Calibration = {"bias": 0.0, "cue": 1.0, "content": 0.5, "source": 0.0, "no_source": 0.0}


class ClaimFinder:
    """Leaves claims on the Doc: source, cue, content, confidence and evidence; later components say the rest.

    `calibration` holds the weights of a logistic regression from the link's scores to the probability that
    content and source are right (keys: bias, cue, content, source, no_source).
    """

    def __init__(self, options: LinkOptions, calibration: Calibration) -> None:
        self.options = options
        self.calibration = UNCALIBRATED | calibration
        self._weights: LinkWeights | None = None
        self._data: bytes = b""

    def __call__(self, doc: Doc) -> Doc:
        """Find the claims of `doc`."""
        pieces = pieces_of(doc)
        sentences = [(sentence.start_char, sentence.end_char) for sentence in doc.sents] if len(doc) else []
        text = doc.text
        found = (self._claim(link, pieces, sentences, text) for link in self.links(doc))
        set_claims(doc, [claim for claim in found if claim.content])
        return doc

    def links(self, doc: Doc) -> list[Link]:
        """Return the links of `doc` with their scores, as calibration needs them."""
        if self._weights is None:
            raise ValueError("the claim finder has no weights yet: load them with from_disk")
        return links(pieces_of(doc), scores_of(doc), self._weights, self.options)

    def confidence(self, link: Link) -> float:
        """Return the probability that the claim is right."""
        weight = self.calibration
        logit = weight["bias"] + weight["cue"] * link.cue_score + weight["content"] * link.content_score
        logit += weight["no_source"] if link.source is None else weight["source"] * link.source_score
        return round(1 / (1 + math.exp(-max(-50.0, min(50.0, logit)))), 4)

    def _claim(self, link: Link, pieces: Pieces, sentences: list[Span], text: str) -> Claim:
        source = () if link.source is None else (_characters(link.source, pieces),)
        cue = _characters(link.cue, pieces)
        content = tuple(span for run in link.content if _says(text, span := _characters(run, pieces)))
        every = (*source, cue, *content)
        return Claim(
            source=source,
            cue=(cue,),
            content=content,
            actor=None,
            kind=Kind.STATEMENT,
            verbatim=Wording.PARAPHRASED,
            confidence=self.confidence(link),
            evidence=evidence(min(every)[0], max(end for _, end in every), sentences, text),
        )

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the weights into the folder `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_bytes(self._data)

    def from_disk(self, path: str | Path, **_: Any) -> "ClaimFinder":
        """Read the weights from the folder `path`."""
        return self.from_bytes((Path(path) / FILE).read_bytes())

    def to_bytes(self, **_: Any) -> bytes:
        """Return the weights."""
        return self._data

    def from_bytes(self, data: bytes, **_: Any) -> "ClaimFinder":
        """Take the weights from `data`, an npz file with `dist` and `pb`."""
        self._data = data
        if data:
            with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
                self._weights = LinkWeights(arrays["dist"].astype(np.float32), arrays["pb"].astype(np.float32))
        return self


def _says(text: str, span: Span) -> bool:
    """Tell whether a span holds a word, and not only marks."""
    return any(map(str.isalnum, text[span[0] : span[1]]))


def _characters(words: Words, pieces: Pieces) -> Span:
    return int(pieces.starts[words[0]]), int(pieces.ends[words[1] - 1])


def evidence(start: int, end: int, sentences: list[Span], text: str) -> Span:
    """Return the span of the sentences that hold the characters from `start` to `end`, white space cut off."""
    first = max(bisect_right(sentences, start, key=lambda sentence: sentence[0]) - 1, 0)
    last = max(bisect_right(sentences, end - 1, key=lambda sentence: sentence[0]) - 1, first)
    low, high = sentences[first][0], sentences[last][1]
    while low < start and text[low].isspace():
        low += 1
    while high > end and text[high - 1].isspace():
        high -= 1
    return low, high


@Language.factory(
    "hearsay_claims",
    requires=["token.is_sent_start"],
    default_config={
        "outside_penalty": 0.3,
        "reach": 220,
        "gap_penalty": 2.0,
        "minimum_content": -8.0,
        "minimum_source": -4.0,
        "minimum_untagged_source": 1.0,
        "minimum_score": 0.0,
        "calibration": UNCALIBRATED,
    },
)
def create_claim_finder(
    nlp: Language,  # noqa: ARG001
    name: str,  # noqa: ARG001
    outside_penalty: float,
    reach: int,
    gap_penalty: float,
    minimum_content: float,
    minimum_source: float,
    minimum_untagged_source: float,
    minimum_score: float,
    calibration: Calibration,
) -> ClaimFinder:
    """Make the component that finds claims."""
    options = LinkOptions(
        outside_penalty,
        reach,
        gap_penalty,
        minimum_content,
        minimum_source,
        minimum_untagged_source,
        minimum_score,
    )
    return ClaimFinder(options, calibration)
