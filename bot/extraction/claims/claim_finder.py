"""The component that finds claims: links as spans of characters, with a probability and the sentences around."""

import io
import re
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.claims.adjoining_quotations import with_adjoining_quotations
from bot.extraction.claims.content_ends import with_clean_ends
from bot.extraction.claims.deeds import without_deeds
from bot.extraction.claims.evidence import evidence
from bot.extraction.claims.glued_reports import with_glued_reports
from bot.extraction.claims.linker import Link, LinkOptions, LinkWeights, Words, links
from bot.extraction.claims.medial_tags import with_whole_sentences
from bot.extraction.claims.names_beside_sources import with_names_beside
from bot.extraction.claims.own_tags import with_own_tags
from bot.extraction.claims.quotation_tags import parts_at_headings, tags_in
from bot.extraction.claims.relative_contents import with_what_which_means
from bot.extraction.claims.reported_reports import with_reported_reports
from bot.extraction.claims.reporters_words import without_reporters_words
from bot.extraction.claims.retold import with_inner_claims
from bot.extraction.claims.source_repair import with_whole_sources
from bot.extraction.claims.split_quotations import with_quotations_together
from bot.extraction.claims.verifier import Verifier, from_json, to_json
from bot.extraction.claims.verifier_features import Signs, signs_of
from bot.extraction.claims.whole_contents import with_whole_contents
from bot.extraction.claims.whole_quotations import with_quotations_apart, with_whole_quotations
from bot.extraction.encoder.bio_decoding import log_probabilities
from bot.extraction.encoder.doc_state import pieces_of, scores_of, sentences_of, set_claims, text_of
from bot.extraction.encoder.word_pieces import Pieces
from bot.extraction.names.name_finder import SHORT_LINE
from bot.model.claims import Claim, Kind, Span, Wording

FILE = "head.npz"
VERIFIER = "verifier.json"
LINE_END = re.compile(r"\s*\n\s*")


class ClaimFinder:
    """Leaves claims on the Doc: source, cue, content, confidence and evidence; later components say the rest.

    The links found are many; a claim is one that the verifier gives at least `minimum_confidence`.
    """

    def __init__(self, options: LinkOptions, minimum_confidence: float) -> None:
        self.options = options
        self.minimum_confidence = minimum_confidence
        self.verifier: Verifier | None = None
        self._weights: LinkWeights | None = None
        self._linker: bytes = b""

    def __call__(self, doc: Doc) -> Doc:
        """Find the claims of `doc`."""
        sentences = sentences_of(doc)
        text = text_of(doc)
        kept = [claim for claim, _ in self.rated(doc) if claim.confidence >= self.minimum_confidence]
        named = with_names_beside(with_glued_reports(with_whole_sources(kept, text, sentences), text), text)
        sourced = with_whole_contents(named, text, sentences)
        said = with_quotations_together(without_reporters_words(sourced, text, sentences), text, sentences)
        quoted = with_whole_quotations(with_adjoining_quotations(said, text, sentences), text)
        tagged = with_own_tags(with_quotations_apart(quoted, text), text, sentences)
        whole = with_clean_ends(with_whole_sentences(tagged, text, sentences), text)
        reported = with_inner_claims(with_reported_reports(whole, text, sentences), text)
        set_claims(doc, with_what_which_means(without_deeds(reported, text), text))
        return doc

    def rated(self, doc: Doc) -> list[tuple[Claim, Signs]]:
        """Return a claim for each link of `doc`, as it was found, with what tells right from wrong ones."""
        pieces, sentences, text = pieces_of(doc), sentences_of(doc), text_of(doc)
        return [(self._claim(link, signs, pieces, sentences, text), signs) for link, signs in self.links(doc)]

    def links(self, doc: Doc) -> list[tuple[Link, Signs]]:
        """Return the links of `doc` with what tells right from wrong ones."""
        if self._weights is None:
            raise ValueError("the claim finder has no weights yet: load them with from_disk")
        pieces, scores, text = pieces_of(doc), scores_of(doc), text_of(doc)
        tags_of, parted = tags_in(text, pieces), parts_at_headings(text, pieces)
        found = links(pieces, scores, self._weights, self.options, tags_of, parted)
        tags = np.exp(log_probabilities(scores.tag))
        worded = (link for link in found if any(_says(text, _characters(run, pieces)) for run in link.content))
        return [(link, signs_of(link, pieces, tags, text)) for link in worded]

    def _claim(self, link: Link, signs: Signs, pieces: Pieces, sentences: list[Span], text: str) -> Claim:
        assert self.verifier is not None, "it comes with the weights"
        cue = _characters(link.cue, pieces)
        source = () if link.source is None else (beside(_characters(link.source, pieces), cue, text),)
        content = joined_spans([_characters(run, pieces) for run in link.content], text)
        every = (*source, cue, *content)
        return Claim(
            source=source,
            cue=(cue,),
            content=content,
            actor=None,
            kind=Kind.STATEMENT,
            verbatim=Wording.PARAPHRASED,
            confidence=round(self.verifier.probability(signs), 4),
            evidence=evidence(min(every)[0], max(end for _, end in every), sentences, text),
        )

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the weights into the folder `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_bytes(self._linker)
        if self.verifier is not None:
            (folder / VERIFIER).write_bytes(to_json(self.verifier))

    def from_disk(self, path: str | Path, **_: Any) -> "ClaimFinder":
        """Read the weights from the folder `path`."""
        folder = Path(path)
        return self._take((folder / FILE).read_bytes(), (folder / VERIFIER).read_bytes())

    def to_bytes(self, **_: Any) -> bytes:
        """Return the weights."""
        verifier = b"" if self.verifier is None else to_json(self.verifier)
        return len(self._linker).to_bytes(8, "big") + self._linker + verifier

    def from_bytes(self, data: bytes, **_: Any) -> "ClaimFinder":
        """Take the weights from what `to_bytes` gave."""
        end = 8 + int.from_bytes(data[:8], "big")
        return self._take(data[8:end], data[end:])

    def _take(self, linker: bytes, verifier: bytes) -> "ClaimFinder":
        """Take the linker's biases (an npz file with `dist` and `pb`) and the verifier (JSON)."""
        self._linker = linker
        if linker:
            with np.load(io.BytesIO(linker), allow_pickle=False) as arrays:
                self._weights = LinkWeights(arrays["dist"].astype(np.float32), arrays["pb"].astype(np.float32))
        self.verifier = from_json(verifier) if verifier else None
        return self


def beside(source: Span, cue: Span, text: str) -> Span:
    """Return the part of a source that stands with its cue, where the source goes over the end of a paragraph.

    Lines that end at some width are parts of one paragraph.
    """
    start, end = source
    for found in LINE_END.finditer(text, start, end):
        line = found.start() - text.rfind("\n", 0, found.start()) - 1
        if found.group().count("\n") < 2 and line >= SHORT_LINE:
            continue
        if cue[0] >= found.end():
            start = found.end()
        elif cue[1] <= found.start():
            return start, found.start()
    return start, end


def _says(text: str, span: Span) -> bool:
    """Return whether a span holds a word, and not only marks."""
    return any(map(str.isalnum, text[span[0] : span[1]]))


def joined_spans(spans: list[Span], text: str) -> tuple[Span, ...]:
    """Return the spans that hold a word, two made one where nothing but white space stands between them."""
    found: list[Span] = []
    for span in spans:
        if found and not text[found[-1][1] : span[0]].strip():
            found[-1] = found[-1][0], span[1]
        elif _says(text, span):
            found.append(span)
    return tuple(found)


def _characters(words: Words, pieces: Pieces) -> Span:
    return int(pieces.starts[words[0]]), int(pieces.ends[words[1] - 1])


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
        "minimum_score": -6.0,
        "minimum_confidence": 0.2,
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
    minimum_confidence: float,
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
    return ClaimFinder(options, minimum_confidence)
