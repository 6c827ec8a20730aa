"""Other processes that use the same store."""

import asyncio
import sys
from pathlib import Path


async def python(code: str, *arguments: str, returns: int = 0) -> None:
    """Run `code` in a Python of its own; fail where it returns anything but `returns`."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        code,
        *arguments,
        cwd=Path(__file__).parents[3],
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await process.communicate()
    assert process.returncode == returns, errors.decode()
