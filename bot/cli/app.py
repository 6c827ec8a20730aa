"""The command line with all its command groups."""

from bot.cli import (
    actors,
    database,
    digest,
    doctor,
    extract,
    feeds,
    health,
    merge,
    messages,
    poll,
    preview,
    read,
    reference,
    reports,
    roles,
    run,
    said,
    stories,
)
from bot.cli.frame import command_line

app = command_line(
    run,
    roles,
    preview,
    extract,
    read,
    stories,
    merge,
    feeds,
    poll,
    digest,
    said,
    reports,
    actors,
    database,
    doctor,
    health,
    reference,
    messages,
)
