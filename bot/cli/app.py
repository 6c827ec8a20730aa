"""The command line with all its command groups."""

from bot.cli import database, digest, doctor, extract, feeds, health, poll, preview, read, reference, run, said
from bot.cli.frame import command_line

app = command_line(run, preview, extract, read, feeds, poll, digest, said, database, doctor, health, reference)
