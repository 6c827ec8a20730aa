"""How far kinds can be trusted, in a table."""

from rich.console import Console

from benchmarks.kinds import FoundKind, interval, judged, kinds_table, reliability, shown_kinds_table
from bot.extraction.claims.kind_model import from_json
from bot.model.claims import Kind
from config.settings import default_model

TEXT = "“Who pays for the wall?” the senator asked. The governor pledged to rebuild the bridge by May."


def spans(words: str) -> list[list[int]]:
    """Return the place of `words` in the text as a gold file has it."""
    return [[TEXT.index(words), TEXT.index(words) + len(words)]]


ROW = {
    "id": "one",
    "text": TEXT,
    "attributions": [
        {
            "source": spans("the senator"),
            "cue": spans("asked"),
            "content": spans("“Who pays for the wall?”"),
            "kind": "question",
        },
        {
            "source": spans("The governor"),
            "cue": spans("pledged"),
            "content": spans("to rebuild the bridge by May"),
            "kind": "promise",
        },
        {"source": [], "cue": [], "content": [], "kind": "opinion"},
    ],
}


def test_claims_are_judged_by_model_and_rules() -> None:
    model = from_json((default_model() / "hearsay_kinds" / "kinds.json").read_bytes())
    found = judged(model, ROW)
    assert [(kind, ruled, truth) for kind, _, ruled, truth in found] == [(Kind.QUESTION,) * 3, (Kind.PROMISE,) * 3]


def test_reliability_compares_what_is_said_with_what_is_right() -> None:
    statement, denial = Kind.STATEMENT, Kind.DENIAL
    rows = [
        (statement, 0.95, statement, statement),
        (denial, 0.99, statement, statement),
        (denial, 0.3, denial, denial),
    ]
    assert reliability(rows) == [("0.2 to 0.4", 1, 1.0), ("0.8 to 1.0", 2, 0.5)]


def test_the_interval_holds_the_share_and_is_empty_without_claims() -> None:
    low, high = interval([[True] * 9 + [False]] * 5 + [[True, False]])
    assert low <= 88.5 <= high
    assert interval([[], []]) == (0.0, 0.0)


def test_sets_without_kinds_have_no_lines() -> None:
    table = kinds_table(default_model(), {"with": [ROW], "without": [ROW | {"attributions": []}]})
    console = Console(width=120, record=True)
    console.print(table)
    assert "with" in (text := console.export_text())
    assert "without" not in text
    assert "promise" in text


def test_a_wrong_label_counts_a_plain_one_does_not() -> None:
    statement, demand = Kind.STATEMENT, Kind.DEMAND
    article = [
        FoundKind(0.9, demand, demand),
        FoundKind(0.85, demand, statement),
        FoundKind(0.8, statement, demand),
        FoundKind(0.6, demand, Kind.DENIAL),
    ]
    cells = [list(column.cells) for column in shown_kinds_table({"own": [article]}).columns]
    assert cells[1:4] == [["0.5", "0.8", "0.9"], ["4", "3", "1"], ["3", "2", "1"]]
    assert [str(cell).split()[0] for cell in cells[4]] == ["33.3", "50.0", "100.0"]
    assert [str(cell).split()[0] for cell in cells[5]] == ["50.0", "33.3", "0.0"]
