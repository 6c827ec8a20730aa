"""A proxy in front of PostgreSQL whose connections can be cut, as a broken network would."""

import asyncio
from types import TracebackType
from typing import Self


class CutProxy:
    """Passes connections on to a port of this machine until they are cut."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._refusing = False
        self.port = 0

    async def __aenter__(self) -> Self:
        """Listen."""
        self._server = await asyncio.start_server(self._passed_on, "127.0.0.1", 0)
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Cut everything and stop."""
        self._cut()
        if self._server is not None:
            self._server.close()

    async def cut(self, seconds: float) -> None:
        """Cut all connections, and refuse new ones for a while."""
        self._refusing = True
        self._cut()
        await asyncio.sleep(seconds)
        self._refusing = False

    def _cut(self) -> None:
        for writer in list(self._open):
            writer.transport.abort()

    async def _passed_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._refusing:
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        self._open |= {writer, back}
        try:
            await asyncio.gather(_pumped(reader, back), _pumped(there, writer))
        finally:
            self._open -= {writer, back}


async def _pumped(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    except (OSError, asyncio.IncompleteReadError):
        pass
    except RuntimeError:
        # uvloop's word for writing to a transport that was cut in between.
        if not writer.transport.is_closing():
            raise
    finally:
        writer.transport.abort()
