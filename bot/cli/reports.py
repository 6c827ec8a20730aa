"""`reports`: what readers reported as wrong."""

from collections.abc import Callable

import typer

from bot.app import open_services
from bot.cli.console import PlainErrors, quiet_settings, say, say_json
from bot.cli.json_rows import ReportRow, as_json
from bot.delivery.escape import cleaned
from bot.delivery.reports import FAULTS
from bot.event_loop import run_async
from bot.model.reports import Report
from bot.services.reports import all_reports
from config.settings import Settings

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
