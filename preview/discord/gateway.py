"""The gateway, version 10: WebSockets that carry events to the clients."""

import asyncio
import contextlib
import json
import zlib
from collections import deque
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from preview.discord.objects import Json
from preview.discord.world import World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, RECONNECT, MEMBERS = 0, 1, 2, 3, 4, 6, 7, 8
INVALID_SESSION, HELLO, HEARTBEAT_ACK = 9, 10, 11

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 0, 1 << 9, 1 << 12
PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15)
"""Intents that an application must apply for: members, presences, message content."""

BACKLOG = 1000
"""How many events a session keeps for a client that resumes it."""

ROUND_TRIP_S = 0.1
"""The delay before a heartbeat is answered. discord.py records when it sent one only afterwards. It takes a faster
answer for one to the previous heartbeat, and logs a warning."""

UNRESUMABLE = (1000, 1001)
"""A client that closes with one of these ends its session."""


@dataclass(frozen=True, slots=True)
class _Close:
    code: int
    reason: str


class Connection:
    """One websocket. Frames are queued and written in order by `write`, so that sending never waits."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request, *, compress: bool) -> None:
        self.socket = socket
        self.closing = False
        self._transport = request.transport
        self._frames: asyncio.Queue[Json | _Close] = asyncio.Queue()
        asked = request.query.get("compress") if compress else None
        self._zlib = zlib.compressobj() if asked == "zlib-stream" else None

    def send(self, op: int, data: object, event: str | None = None, sequence: int | None = None) -> None:
        """Queue a frame."""
        self._frames.put_nowait({"op": op, "d": data, "t": event, "s": sequence})

    def close(self, code: int, reason: str = "") -> None:
        """Close the socket after the queued frames."""
        self._frames.put_nowait(_Close(code, reason))

    def abort(self) -> None:
        """Cut the connection without a close frame."""
        if self._transport is not None:
            self._transport.abort()

    async def write(self) -> None:
        """Write frames until the socket is closed."""
        while not self.socket.closed:
            frame = await self._frames.get()
            if isinstance(frame, _Close):
                self.closing = True
                await self.socket.close(code=frame.code, message=frame.reason.encode())
                return
            text = json.dumps(frame)
            # A frame to a client that has just disconnected is lost, as on Discord; its session keeps it.
            with contextlib.suppress(ConnectionError):
                if self._zlib is None:
                    await self.socket.send_str(text)
                else:
                    packed = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                    await self.socket.send_bytes(packed)


@dataclass(slots=True, eq=False)
class Session:
    """What a client identified as; it outlives its connections."""

    id: str
    shard: int
    shards: int
    intents: int
    connection: Connection | None
    sequence: int = 0
    backlog: deque[tuple[int, str, Json]] = field(default_factory=lambda: deque(maxlen=BACKLOG))

    def push(self, event: str, data: Json) -> None:
        """Number the event, keep it, and send it if the client is connected."""
        self.sequence += 1
        self.backlog.append((self.sequence, event, data))
        if self.connection is not None:
            self.connection.send(DISPATCH, data, event, self.sequence)

    def wants(self, event: str, guild_id: str | None) -> bool:
        """Return whether the event goes to this session, by its shard and its intents."""
        shard = 0 if guild_id is None else (int(guild_id) >> 22) % self.shards
        if shard != self.shard:
            return False
        if event.startswith("MESSAGE_"):
            return bool(self.intents & (GUILD_MESSAGES if guild_id else DIRECT_MESSAGES))
        if event.startswith(("GUILD_", "CHANNEL_")):
            return bool(self.intents & GUILDS)
        return True


class Gateway:
    """Identifies clients, keeps their sessions, and sends them what happens."""

    def __init__(self, world: World, *, token: str, compress: bool, heartbeat_interval: int) -> None:
        self._world = world
        self._token = token
        self._compress = compress
        self._heartbeat_interval = heartbeat_interval
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.resumed = 0
        self._connections: set[Connection] = set()

    def announce(self, event: str, data: Json, guild_id: str | None) -> None:
        """Send an event to every session that gets it."""
        frozen = json.loads(json.dumps(data))  # Later changes must not alter the backlog.
        for session in self.sessions.values():
            if session.wants(event, guild_id):
                session.push(event, frozen)

    def ready(self) -> bool:
        """Return whether clients of all shards are connected and identified."""
        connected = [session for session in self.sessions.values() if session.connection is not None]
        return any(
            {other.shard for other in connected if other.shards == session.shards} == set(range(session.shards))
            for session in connected
        )

    # Faults on demand

    def drop(self, code: int | None = 1012, *, resumable: bool = True) -> None:
        """Close all sockets with this code (None: cut them). Without `resumable` their sessions are forgotten."""
        for connection in tuple(self._connections):
            if code is None:
                connection.abort()
            else:
                connection.close(code)
        if not resumable:
            self.sessions.clear()

    def ask_reconnect(self) -> None:
        """Ask all clients to connect again (op 7)."""
        for connection in tuple(self._connections):
            connection.send(RECONNECT, None)

    def invalidate(self, *, resumable: bool) -> None:
        """Tell all clients that their sessions are invalid (op 9), and whether they can be resumed."""
        if not resumable:
            self.sessions.clear()
        for connection in tuple(self._connections):
            connection.send(INVALID_SESSION, resumable)

    # The life of a connection

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one websocket until it is closed."""
        socket = web.WebSocketResponse(timeout=1.0)
        await socket.prepare(request)
        connection = Connection(socket, request, compress=self._compress)
        self._connections.add(connection)
        writer = asyncio.create_task(connection.write())
        connection.send(HELLO, {"heartbeat_interval": self._heartbeat_interval})
        try:
            async for message in socket:
                self._receive(connection, message.type, message.data)
        finally:
            if not connection.closing:  # Otherwise it is already closing, which has its own time limit.
                writer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writer
            self._connections.discard(connection)
            self._leave(connection, socket.close_code)
        return socket

    def _leave(self, connection: Connection, code: int | None) -> None:
        for session in tuple(self.sessions.values()):
            if session.connection is connection:
                session.connection = None
                if code in UNRESUMABLE and not connection.closing:
                    del self.sessions[session.id]
        self._world.changes.tell()

    def _receive(self, connection: Connection, kind: WSMsgType, text: object) -> None:
        frame = _parsed(text) if kind is WSMsgType.TEXT else None
        if frame is None:
            connection.close(4002, "Error while decoding payload.")
            return
        op, data = frame["op"], frame.get("d")
        data = data if isinstance(data, dict) else {}
        session = next((one for one in self.sessions.values() if one.connection is connection), None)
        match op:
            case 1:
                asyncio.get_running_loop().call_later(ROUND_TRIP_S, connection.send, HEARTBEAT_ACK, None)
            case 2 if session is not None:
                connection.close(4005, "Already authenticated.")
            case 2:
                self._identify(connection, data)
            case 6:
                self._resume(connection, data)
            case _ if session is None:
                connection.close(4003, "Not authenticated.")
            case 3 | 4:
                pass  # Presence and voice are accepted and ignored.
            case 8:
                self._send_members(session, data)
            case _:
                connection.close(4001, "Unknown opcode.")

    def _identify(self, connection: Connection, data: Json) -> None:
        shard, shards = data.get("shard") or (0, 1)
        intents = data.get("intents")
        if data.get("token") != self._token:
            connection.close(4004, "Authentication failed.")
        elif not 0 <= shard < shards:
            connection.close(4010, "Invalid shard.")
        elif not isinstance(intents, int) or intents < 0:
            connection.close(4013, "Invalid intent(s).")
        elif intents & PRIVILEGED:
            connection.close(4014, "Disallowed intent(s).")
        else:
            self._begin(connection, shard, shards, intents)

    def _begin(self, connection: Connection, shard: int, shards: int, intents: int) -> None:
        world = self._world
        session = Session(world.snowflakes.next(), shard, shards, intents, connection)
        self.sessions[session.id] = session
        guilds = [guild for guild in world.guilds.values() if guild.with_bot and guild.number % shards == shard]
        ready: Json = {
            "v": 10,
            "user": world.bot.to_json() | {"mfa_enabled": False, "locale": "en-US", "verified": True},
            "guilds": [{"id": guild.id, "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "session_type": "normal",
            "shard": [shard, shards],
            "application": {"id": world.bot.id, "flags": 0},
            "private_channels": [],
        }
        session.push("READY", ready)
        if intents & GUILDS:
            for guild in guilds:
                if guild.available:
                    session.push("GUILD_CREATE", world.guild_event(guild))
        world.changes.tell()

    def _resume(self, connection: Connection, data: Json) -> None:
        session = self.sessions.get(data.get("session_id") or "")
        if data.get("token") != self._token:
            connection.close(4004, "Authentication failed.")
            return
        seen = data.get("seq") or 0
        first_kept = session.backlog[0][0] if session and session.backlog else 1
        if session is None or seen > session.sequence or seen < first_kept - 1:
            connection.send(INVALID_SESSION, False)
            return
        session.connection = connection
        for sequence, event, missed in session.backlog:
            if sequence > seen:
                connection.send(DISPATCH, missed, event, sequence)
        session.push("RESUMED", {})
        self.resumed += 1
        self._world.changes.tell()

    def _send_members(self, session: Session, data: Json) -> None:
        guild = self._world.guilds.get(str(data.get("guild_id")))
        asked = data.get("user_ids") or []
        ids = {str(one) for one in (asked if isinstance(asked, list) else [asked])}
        members = [m for m in guild.members.values() if m.user.id in ids] if guild else []
        chunk: Json = {
            "guild_id": str(data.get("guild_id")),
            "members": [member.to_json() for member in members],
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": sorted(ids - {member.user.id for member in members}),
        }
        if data.get("nonce") is not None:
            chunk["nonce"] = data["nonce"]
        session.push("GUILD_MEMBERS_CHUNK", chunk)


def _parsed(text: object) -> Json | None:
    """Return the frame in the text, or nothing if it is not one."""
    try:
        frame = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return frame if isinstance(frame, dict) and "op" in frame else None
