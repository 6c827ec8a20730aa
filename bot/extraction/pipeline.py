"""The pipeline as a whole: put together, loaded, and run on a text.

Only worker processes import this module: it brings spaCy and onnxruntime with it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bot.errors import ExtractionError, ModelMissing

# Imported for what they register with spaCy.
from bot.extraction.actors import component as actors
from bot.extraction.actors import referents, tellers
from bot.extraction.claims import claim_finder, foreign_passages, kind_teller, transcripts
from bot.extraction.encoder import onnx_encoder, sentences, tokenizer
from bot.extraction.encoder.doc_state import TEXT, TITLE, extraction_of
from bot.extraction.encoder.readable_text import readable
from bot.extraction.encoder.scraping_seams import well_formed
from bot.extraction.long_texts import LONGEST_PART, add, parts
from bot.extraction.names import name_finder
from bot.extraction.speech import component as speech
from bot.model.claims import Extraction

REGISTERED = (
    actors,
    referents,
    tellers,
    claim_finder,
    onnx_encoder,
    kind_teller,
    foreign_passages,
    name_finder,
    sentences,
    speech,
    tokenizer,
    transcripts,
)
READING = ("hearsay_encoder", "hearsay_sentences", "hearsay_names", "hearsay_claims", "hearsay_speech")
"""Components that a long text passes in parts; the others look at it as a whole."""
RELEASE = "hearsay_release"
COMPONENTS = (
    *READING,
    "hearsay_kinds",
    "hearsay_languages",
    "hearsay_transcripts",
    "hearsay_actors",
    "hearsay_tellers",
    "hearsay_referents",
    RELEASE,
)
LONGEST = 5_000_000
"""Characters that one text may have."""


def assemble(weights: Path, meta: Mapping[str, Any]) -> Language:
    """Return a pipeline with new weights, ready for `save`.

    The folder `weights` holds what training exports: `claims_int8.onnx` (inputs ids, feat and maybe mask; outputs
    tag, sent, ner, pair), `head.npz` (dist, pb), `verifier.json`, `kinds.json` and `tokenizer.json`; `meta` is
    shown by `nlp.meta`.
    """
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "hearsay.tokenizer"}}})
    for component in COMPONENTS:
        nlp.add_pipe(component)
    learned = ("hearsay_encoder", "hearsay_claims", "hearsay_kinds", "hearsay_actors")
    parts: list[Any] = [nlp.tokenizer, *(nlp.get_pipe(name) for name in learned)]
    for part in parts:
        part.from_disk(weights)
    nlp.meta.update(meta)
    return nlp


def save(nlp: Language, folder: Path) -> None:
    """Write a pipeline into `folder`, for `load`. It has no vocabulary of its own to write."""
    nlp.to_disk(folder, exclude=["vocab"])


def load(model: Path) -> Language:
    """Load the pipeline in the folder `model`. Raises ModelMissing, with the reason, where it cannot be used."""
    if not (model / "config.cfg").is_file():
        raise ModelMissing(f"There is no model in {model.name!r}. {ModelMissing.__doc__}")
    try:
        nlp = spacy.load(model, exclude=["vocab"])
    except Exception as error:  # whatever a damaged file makes of itself
        raise ModelMissing(f"The model in {model.name!r} cannot be loaded ({type(error).__name__}).") from error
    nlp.max_length = LONGEST
    return nlp


def extract(nlp: Language, text: str, title: str | None = None, longest_part: int = LONGEST_PART) -> Extraction:
    """Return the actors and claims of `text`. Words of `title` make the actors they name more salient.

    The components are run on Docs without tokens, so that nothing of the text stays in the pipeline's vocabulary;
    one of more than `longest_part` characters passes the first of them in parts, so that memory hardly grows with
    its length. Raises ExtractionError for a text that is too long.
    """
    if len(text) > nlp.max_length:
        raise ExtractionError(f"The text has {len(text):,} characters; at most {nlp.max_length:,} can be read.")
    reading = readable(well_formed(text))
    text = reading.text
    whole = Doc(nlp.vocab)
    whole.user_data |= {TEXT: text, TITLE: title or ""}
    for start, end in parts(text, longest_part):
        add(whole, _read(nlp, text[start:end]), start)
    for name, component in nlp.pipeline:
        if name not in READING and name != RELEASE:
            whole = component(whole)
    return reading.original(extraction_of(whole))


def _read(nlp: Language, text: str) -> Doc:
    """Return what the reading components find in a part of a text."""
    tokenizer: Any = nlp.tokenizer
    doc: Doc = tokenizer.untokenized(text)
    for name, component in nlp.pipeline:
        if name in READING:
            doc = component(doc)
    return doc
