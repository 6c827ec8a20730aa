"""Answers as files: read back by other programs, and harmless in them."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from bot.delivery.exports import exported_claims, exported_trends
from bot.errors import BadInput
from bot.model.claims import ClaimRecord, Wording
from bot.model.exports import ExportFormat
from tests.unit.delivery.samples import RECORD, records
from tests.unit.delivery.test_trends import MARSH

NOW = datetime(2026, 7, 20, tzinfo=UTC)
OTHER = replace(RECORD, id=2, content_text="it leaks", verbatim=Wording.PARAPHRASED, actor=None)
ELSEWHERE = replace(RECORD, id=3, article_id=2, url="https://b.example/a b{c}", author="Łukasz Żak, Ann & Co")
CSL_FIELDS = {"id", "type", "title", "container-title", "author", "issued", "accessed", "URL", "note"}


def table_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def exported(wanted: ExportFormat, *claims: ClaimRecord) -> bytes:
    return exported_claims(claims, wanted, NOW)


def test_a_table_has_a_row_for_each_claim_and_opens_as_utf_8() -> None:
    content = exported(ExportFormat.CSV, RECORD, ELSEWHERE)
    assert content.startswith(b"\xef\xbb\xbfactor,role,content_text,")
    assert content.count(b"\r\n") == 3
    first, second = table_of(content)
    assert (first["actor"], first["verbatim"], first["outlet"]) == ("Elena Marsh", "verbatim", "The Courier")
    assert second["author"] == "Łukasz Żak, Ann & Co"
    assert first["published_at"] == RECORD.published_at.isoformat()


@pytest.mark.parametrize(
    "typed", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "=cmd|' /C calc'!A0"]
)
def test_no_cell_is_a_formula(typed: str) -> None:
    (row,) = table_of(exported(ExportFormat.CSV, replace(RECORD, content_text=typed, title=typed, actor=typed)))
    for column in ("content_text", "title", "actor"):
        assert row[column].startswith("'")
        assert row[column].replace("'", "") == typed.replace("'", "")


@pytest.mark.parametrize("between", [";", "; ", "\t", "\n", '";', "|", "\r\n"])
def test_no_cell_is_a_formula_where_cells_are_divided_elsewhere(between: str) -> None:
    """Spreadsheets set to German, French or Spanish divide at semicolons, and quotation marks do not stop them."""
    words = f"the dam holds{between}=HYPERLINK|1"
    content = exported(ExportFormat.CSV, replace(RECORD, content_text=words)).decode("utf-8-sig")
    for mark in (";", "\t", "|"):
        cells = [cell for line in content.splitlines() for cell in line.split(mark)]
        assert not [cell for cell in cells if cell.lstrip('" ').startswith("=")]
    assert "the dam holds" in content


def test_json_has_the_fields_of_the_reference() -> None:
    (row,) = json.loads(exported(ExportFormat.JSON, RECORD))
    assert row["content_text"] == RECORD.content_text
    assert row["published_at"] == RECORD.published_at.isoformat()


def test_an_article_is_cited_once_with_what_was_said_in_it() -> None:
    first, second = json.loads(exported(ExportFormat.CSL, RECORD, OTHER, ELSEWHERE))
    assert first["type"] == "article-newspaper"
    assert first["container-title"] == "The Courier"
    assert first["note"].startswith("Elena Marsh: “")
    assert first["note"].endswith("Unknown speaker: it leaks (paraphrased).")
    assert "author" not in first
    assert second["author"] == [{"literal": "Łukasz Żak"}, {"literal": "Ann & Co"}]
    assert second["issued"] == {
        "date-parts": [[RECORD.published_at.year, RECORD.published_at.month, RECORD.published_at.day]]
    }
    assert second["accessed"] == {"date-parts": [[2026, 7, 20]]}
    assert second["URL"] == "https://b.example/a%20b%7Bc%7D"


def test_bibtex_is_read_back_by_another_program() -> None:
    title = "100% of $5 & a_b #1 {never} \\input{x} ~^"
    read = parse_string(exported(ExportFormat.BIBTEX, replace(RECORD, title=title), ELSEWHERE).decode(), "bibtex")
    first, second = read.entries.values()
    assert first.type == "article"
    assert first.fields["journal"] == "The Courier"
    assert first.fields["title"] == (
        r"{100\% of \$5 \& a\_b \#1 \textbraceleft{}never\textbraceright{} \textbackslash{}input\textbraceleft{}x"
        r"\textbraceright{} \textasciitilde{}\textasciicircum{}}"
    )
    assert first.fields["month"] == f"{RECORD.published_at:%B}"
    assert first.fields["urldate"] == "2026-07-20"
    assert [str(person) for person in second.persons["author"]] == ["{Łukasz Żak}", r"{Ann \& Co}"]


def test_trends_are_counts_and_cannot_be_cited() -> None:
    (row,) = table_of(exported_trends([MARSH], ExportFormat.CSV))
    assert (row["subject"], row["name"], row["recent"]) == ("actor", "Elena Marsh", "9")
    assert json.loads(exported_trends([MARSH], ExportFormat.JSON))[0]["days"] == list(MARSH.days)
    for wanted in (ExportFormat.BIBTEX, ExportFormat.CSL):
        with pytest.raises(BadInput, match="Choose CSV or JSON"):
            exported_trends([MARSH], wanted)


@given(st.lists(records, max_size=5))
def test_whatever_was_said_makes_files_that_can_be_read(claims: list[ClaimRecord]) -> None:
    assert len(table_of(exported(ExportFormat.CSV, *claims))) == len(claims)
    assert len(json.loads(exported(ExportFormat.JSON, *claims))) == len(claims)
    items: list[dict[str, Any]] = json.loads(exported(ExportFormat.CSL, *claims))
    assert all(set(item) <= CSL_FIELDS and item["id"] for item in items)
    written = exported(ExportFormat.BIBTEX, *claims).decode()
    assert len(parse_string(written, "bibtex").entries) == len({item["id"] for item in items})
    assert written.count("{") == written.count("}")
    for value in re.findall(r"^  (?:author|title|journal|note) = \{(.*)\},$", written, re.MULTILINE):
        assert not re.search(r"(?<!\\)[$&#^~]", value)
