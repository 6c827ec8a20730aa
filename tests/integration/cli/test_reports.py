"""`reports`: what readers reported, to read and as rows for evaluation."""

import json
from pathlib import Path

import pytest

from bot.cli.json_rows import ReportRow, fields_of
from bot.event_loop import run_async
from bot.model.queries import ClaimQuery
from bot.services.reports import report_claim
from bot.store import open_store
from tests.factories import GUILD, USER, a_claim, an_extraction, stored_article
from tests.integration.cli.conftest import Command


class _Services:
    def __init__(self, store: object) -> None:
        self.store = store


@pytest.fixture
def reported(folder: Path) -> None:
    (folder / "data").mkdir()

    async def report() -> None:
        async with open_store(f"sqlite:///{folder / 'data' / 'hearsay.db'}") as store:
            await stored_article(store, extraction=an_extraction(a_claim(evidence=(0, 42))))
            (claim,) = (await store.claims.search(ClaimQuery(GUILD), limit=1)).claims
            remark = "It was \x1b[31mOtto."
            await report_claim(_Services(store), GUILD, claim.id, "speaker", remark, USER)  # type: ignore[arg-type]

    run_async(report())


def test_reports_are_exported_as_rows_without_who_sent_them(hearsay: Command, reported: None) -> None:
    (line,) = hearsay("reports", "export").stdout.splitlines()
    row = json.loads(line)
    assert list(row) == [path for path, _kind, _meaning in fields_of(ReportRow)]
    assert row["sentence"] == "The dam is safe, Ada Quist said on Monday."
    assert (row["actor"], row["content"], row["fault"]) == ("Ada Quist", "The dam is safe", "speaker")
    assert str(USER) not in line


def test_reports_are_listed_in_words_that_a_terminal_can_show(hearsay: Command, reported: None) -> None:
    listed = hearsay("reports", "list").stdout
    assert "Somebody else said it" in listed
    assert "The dam is safe" in listed
    assert "Otto." in listed
    assert "\x1b" not in listed


def test_without_reports_it_says_so(hearsay: Command) -> None:
    assert "Nobody has reported a claim." in hearsay("reports", "list").stdout
    assert hearsay("reports", "export").stdout == ""


def said(hearsay: Command) -> str:
    return hearsay("said", "--json").stdout


def test_the_claim_of_a_report_is_withdrawn_for_all_kept_and_shown_again(hearsay: Command, reported: None) -> None:
    claim = json.loads(said(hearsay))
    assert "Withdrawn for all servers." in hearsay("reports", "withdraw", "1").stdout
    assert said(hearsay) == ""
    assert "Undone." in hearsay("reports", "undo", "1").stdout
    assert "The dam is safe" in said(hearsay)
    assert "Kept" in hearsay("reports", "keep", "1").stdout
    hearsay("reports", "withdraw", "--claim", str(claim["id"]))
    assert said(hearsay) == ""


@pytest.mark.parametrize("wrong", [("2",), ("--claim", "77"), ("99999999999999999999999",)])
def test_what_nobody_reported_cannot_be_withdrawn(
    hearsay: Command, reported: None, wrong: tuple[str, ...]
) -> None:
    refused = hearsay("reports", "withdraw", *wrong)
    assert refused.exit_code == 1
    assert said(hearsay)
