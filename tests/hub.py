"""A small WebSub hub that follows the Recommendation, or breaks it if a test asks for that."""

import hashlib
import hmac
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web
from yarl import URL


@dataclass
class Subscriber:
    """A subscriber to a topic."""

    callback: str
    secret: str
    lease_seconds: int


@dataclass
class Hub:
    """Its behaviour can be set: which lease it grants, how it signs, whether it accepts, verifies or redirects."""

    url: str = ""
    lease_seconds: int | None = None
    """What it grants; None: what it is asked for."""
    method: str = "sha256"
    status: int = 202
    verifies: bool = True
    moved_to: str | None = None
    requests: list[dict[str, str]] = field(default_factory=list)
    verified: list[tuple[str, int]] = field(default_factory=list)
    """The mode of each verification, and how it was answered."""
    subscribers: dict[str, Subscriber] = field(default_factory=dict)
    """By topic."""
    callbacks: dict[str, str] = field(default_factory=dict)
    """The last callback asked for, by topic, verified or not."""

    async def answer(self, request: web.Request) -> web.Response:
        """Answer a request to begin or end a subscription, after asking the subscriber back."""
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.requests.append(form)
        if self.moved_to:
            return web.Response(status=307, headers={"Location": self.moved_to})
        if self.status == 202:
            self.callbacks[form["hub.topic"]] = form["hub.callback"]
            if self.verifies:
                await self.verify(form)
        return web.Response(status=self.status)

    async def verify(self, form: dict[str, str]) -> None:
        """Ask the subscriber whether it wants what `form` asks for, and act on its answer."""
        mode, topic, lease = form["hub.mode"], form["hub.topic"], self.lease_seconds
        if lease is None:
            lease = int(form.get("hub.lease_seconds", "0"))
        challenge = secrets.token_hex(8)
        query = {"hub.mode": mode, "hub.topic": topic, "hub.challenge": challenge}
        if mode == "subscribe":
            query["hub.lease_seconds"] = str(lease)
        status, text = await self.ask(form["hub.callback"], query)
        self.verified.append((mode, status))
        if status == 200 and text == challenge:
            if mode == "subscribe":
                self.subscribers[topic] = Subscriber(form["hub.callback"], form.get("hub.secret", ""), lease)
            else:
                self.subscribers.pop(topic, None)

    async def deny(self, topic: str, reason: str) -> int:
        """Tell the subscriber that it is refused. Return the status of its answer."""
        self.subscribers.pop(topic, None)
        query = {"hub.mode": "denied", "hub.topic": topic, "hub.reason": reason}
        return (await self.ask(self.callbacks[topic], query))[0]

    async def ask(self, callback: str, query: dict[str, str]) -> tuple[int, str]:
        """Send a GET request to a callback."""
        async with aiohttp.ClientSession() as session, session.get(URL(callback).extend_query(query)) as answer:
            return answer.status, await answer.text()

    async def publish(
        self,
        topic: str,
        body: bytes,
        *,
        content_type: str = "application/rss+xml",
        secret: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> int:
        """Send a signed document to the subscriber of `topic`. Return the status of its answer.

        `secret` and `headers` replace the correct ones.
        """
        subscriber = self.subscribers[topic]
        key = subscriber.secret if secret is None else secret
        signature = hmac.new(key.encode(), body, getattr(hashlib, self.method)).hexdigest()
        sent = {"Content-Type": content_type, "X-Hub-Signature": f"{self.method}={signature}"}
        sent |= {"Link": f'<{self.url}>; rel="hub", <{topic}>; rel="self"'} | (headers or {})
        async with (
            aiohttp.ClientSession() as session,
            session.post(subscriber.callback, data=body, headers=sent) as answer,
        ):
            return answer.status


@asynccontextmanager
async def running_hub(port: int = 0) -> AsyncIterator[Hub]:
    """Run a hub on loopback."""
    hub = Hub()
    app = web.Application()
    app.router.add_post("/", hub.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        hub.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        yield hub
    finally:
        await runner.cleanup()
