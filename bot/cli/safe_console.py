"""The console of the command line, which shows text from outside safely."""

import errno
import os
from collections.abc import Iterable

from rich.console import Console
from rich.segment import Segment

from bot.cli.console import ReaderGone, drop_output
from bot.text.terminal import for_terminal


class SafeConsole(Console):
    """A console that shows foreign text without control sequences; its own colours stay."""

    def on_broken_pipe(self) -> None:
        """Raise the error, so that whatever is running ends in order. Rich would end the process at once."""
        self.quiet = True
        drop_output()
        raise ReaderGone(errno.EPIPE, os.strerror(errno.EPIPE))

    def _render_buffer(self, buffer: Iterable[Segment]) -> str:
        """Return the terminal output for the segments of a line."""
        return super()._render_buffer(
            segment if segment.control else Segment(for_terminal(segment.text), segment.style)
            for segment in buffer
        )
