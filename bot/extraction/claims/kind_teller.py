"""The component that says of which kind each claim is, how sure that is, and whose words it is in."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.claims.kind_features import features_of, ruled_in
from bot.extraction.claims.kind_model import KindModel, from_json, to_json
from bot.extraction.claims.promise_dates import due_words
from bot.extraction.claims.quotations import quotations, wording
from bot.extraction.encoder.doc_state import claims_of, set_claims, text_of
from bot.model.claims import Claim, Kind

FILE = "kinds.json"


class KindTeller:
    """Sets `kind`, `kind_confidence`, `verbatim` and, for a promise, `due` of the claims of the Doc."""

    def __init__(self) -> None:
        self.model: KindModel | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Tell the kinds of the claims of `doc`."""
        text = text_of(doc)
        quoted = quotations(text)
        set_claims(doc, [self._told(claim, text, quoted) for claim in claims_of(doc)])
        return doc

    def _told(self, claim: Claim, text: str, quoted: list[tuple[int, int]]) -> Claim:
        if self.model is None:
            raise ValueError("the kinds have no model yet: load it with from_disk")
        source, cue, content = (
            " ".join(text[start:end] for start, end in spans) for spans in (claim.source, claim.cue, claim.content)
        )
        features = features_of(source, cue, content)
        kind, confidence = self.model.told(features, ruled_in(features))
        words = wording(claim.content, quoted, text)
        due = due_words(text, claim.content) if kind is Kind.PROMISE else None
        return replace(claim, kind=kind, kind_confidence=round(confidence, 3), verbatim=words, due=due)

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the model into the folder `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> "KindTeller":
        """Read the model from the folder `path`."""
        return self.from_bytes((Path(path) / FILE).read_bytes())

    def to_bytes(self, **_: Any) -> bytes:
        """Return the model, nothing if there is none."""
        return b"" if self.model is None else to_json(self.model)

    def from_bytes(self, data: bytes, **_: Any) -> "KindTeller":
        """Take the model from what `to_bytes` gave."""
        self.model = from_json(data) if data else None
        return self


@Language.factory("hearsay_kinds")
def create_kind_teller(nlp: Language, name: str) -> KindTeller:  # noqa: ARG001
    """Make the component that tells kinds."""
    return KindTeller()
