"""Names of persons, organisations and places, from the encoder's scores."""

from spacy.language import Language
from spacy.tokens import Doc, Span

from bot.extraction.annotations import scores_of, tokens_of_words
from bot.extraction.tagging import best_labels, spans_of

LABELS = ("PERSON", "ORG", "LOC")


class NameFinder:
    """Sets the entities of the Doc."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the names in `doc`."""
        tokens = tokens_of_words(doc)
        doc.set_ents(
            [
                Span(doc, int(tokens[span.start]), int(tokens[span.end - 1]) + 1, label=LABELS[span.label])
                for span in spans_of(best_labels(scores_of(doc).name))
            ]
        )
        return doc


@Language.factory("hearsay_names", assigns=["doc.ents"])
def create_name_finder(nlp: Language, name: str) -> NameFinder:  # noqa: ARG001
    """Make the component that finds names."""
    return NameFinder()
