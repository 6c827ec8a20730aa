from pathlib import Path

from spacy.language import Language

from benchmarks.names import NamedText, name_figures, name_files, read_names

GUM = (
    "# newdoc id = one\nAnna\tB-PER\t_\nKovacs\tI-PER\tSpaceAfter=No\n,\tO\t_\n\nBrno\tB-LOC\t_\nfair\tB-MISC\t_\n"
)
EWT = "# newdoc id = two\n# text = x\n1\tAcme\tB-ORG\t-\tx\n2\tand\tO\t-\tx\n3\tBrno\tB-LOC\t-\tx\n"


def test_texts_and_names_are_put_together_from_words() -> None:
    assert read_names(GUM.splitlines()) == [
        NamedText("Anna Kovacs,\nBrno fair ", [(0, 11, "PER"), (13, 17, "LOC")]),
    ]
    assert read_names(EWT.splitlines()) == [NamedText("Acme and Brno ", [(0, 4, "ORG"), (9, 13, "LOC")])]


def test_figures_are_of_spans_with_their_types(nlp: Language) -> None:
    text = "Angela Merkel met Barack Obama in Berlin on Monday."
    gold = [(0, 13, "PER"), (18, 30, "PER"), (34, 40, "LOC")]
    figures = name_figures(nlp, [NamedText(text, gold)])
    assert figures["all"] == figures["PER"] == (100, 100, 100)


def test_gold_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    assert name_files(tmp_path) == {}
