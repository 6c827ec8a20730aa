"""`reports`: what readers reported as wrong, and what is decided about it for all servers."""

from collections.abc import Callable
from typing import Annotated

import typer

from bot.app import open_services
from bot.cli.console import PlainErrors, quiet_settings, say, say_json
from bot.cli.json_rows import ReportRow
from bot.delivery.claim_rows import as_json
from bot.delivery.escape import cleaned
from bot.delivery.reports import FAULTS
from bot.event_loop import run_async
from bot.model.reports import EVERYWHERE, HOST, Decision, Report
from bot.services.claim_decisions import claim_of_report, decide
from bot.services.reports import all_reports
from config.settings import Settings

ClaimOption = Annotated[
    bool, typer.Option("--claim", help="The number is that of a claim (said --json), not of a report.")
]
group = typer.Typer(
    cls=PlainErrors,
    help="What readers reported as wrong, with the button Wrong? under the evidence of a claim.",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the command group."""
    app.add_typer(group, name="reports")


@group.command("list")
def list_reports() -> None:
    """List the reports of all servers, the oldest first."""
    if not run_async(_each(quiet_settings(), lambda report: say(_in_words(report)))):
        say("Nobody has reported a claim.")


@group.command()
def export() -> None:
    """Print the reports as rows for evaluation, one JSON object a report (docs/reference/json.md).

    Each has the claim and its sentence as they were when it was reported. Who reported it is not in it.
    """
    run_async(_each(quiet_settings(), lambda report: say_json(as_json(ReportRow.of(report)))))


@group.command()
def withdraw(
    report: Annotated[int, typer.Argument(help="The number of the report, or with --claim of the claim.")],
    claim: ClaimOption = False,
) -> None:
    """Withdraw the claim of a report for all servers: it is shown nowhere, and posted messages are edited."""
    run_async(_decided(report, Decision.WITHDRAWN, claim=claim))
    say("Withdrawn for all servers. Posted messages are edited while the bot runs.")


@group.command()
def keep(
    report: Annotated[int, typer.Argument(help="The number of the report, or with --claim of the claim.")],
    claim: ClaimOption = False,
) -> None:
    """Keep the claim of a report, which is right: what readers reported so far counts in no server."""
    run_async(_decided(report, Decision.KEPT, claim=claim))
    say("Kept: what was reported so far does not count.")


@group.command()
def undo(
    report: Annotated[int, typer.Argument(help="The number of the report, or with --claim of the claim.")],
    claim: ClaimOption = False,
) -> None:
    """Take back what was decided for all servers about the claim of a report."""
    run_async(_decided(report, Decision.OPEN, claim=claim))
    say("Undone. What servers decided for themselves still holds.")


async def _decided(number: int, decision: Decision, *, claim: bool) -> None:
    async with open_services(quiet_settings()) as services:
        claim_id = number if claim else await claim_of_report(services, number)
        await decide(services, EVERYWHERE, claim_id, decision, HOST)


async def _each(settings: Settings, show: Callable[[Report], None]) -> int:
    count = 0
    async with open_services(settings) as services:
        async for report in all_reports(services):
            show(report)
            count += 1
    return count


def _in_words(report: Report) -> str:
    lines = [
        f"{report.id} · {report.reported_at:%Y-%m-%d %H:%M} UTC · {FAULTS[report.fault]}",
        f"    {cleaned(report.actor or '') or 'Unknown speaker'}: {cleaned(report.content)}",
        f"    {cleaned(report.url)}",
    ]
    if remark := cleaned(report.remark):
        lines.append(f"    Reader: {remark}")
    return "\n".join(lines)
