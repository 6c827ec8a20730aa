"""The REST interface, version 10: a request passes the ordered faults, is checked, carried out and answered."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any, Protocol

from aiohttp import web

from preview.discord import callbacks, commands, forums, members, resources, webhook_messages
from preview.discord.errors import RestError, invalid_form
from preview.discord.faults import Fault, Faults
from preview.discord.limits import problems_of
from preview.discord.objects import Json
from preview.discord.routing import Answer, Call, Route
from preview.discord.world import World

PREFIX = "/api/v10"

ROUTES: list[Route] = [
    *resources.ROUTES,
    *forums.ROUTES,
    *members.ROUTES,
    *webhook_messages.ROUTES,
    *commands.ROUTES,
    *callbacks.ROUTES,
]


class Checker(Protocol):
    """Finds what in a request or a response does not fit Discord's specification."""

    def request_problems(self, method: str, path: str, body: Any, query: list[str]) -> list[str]:
        """Return the problems of a request."""

    def answer_problems(self, method: str, path: str, status: int, body: Any) -> list[str]:
        """Return the problems of an answer."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as received, and the status of its response (None: no response reached the client)."""

    method: str
    path: str
    body: Any
    status: int | None


@dataclass(slots=True)
class Rest:
    """Answers requests from the state of the world."""

    world: World
    token: str
    faults: Faults
    shards: int
    deadline: float
    checker: Checker | None = None
    gateway_url: str = ""
    api_base: str = ""
    seen: list[Seen] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        path = request.path.removeprefix(PREFIX)
        fault = self.faults.next_for(request.method, path) or Fault()
        body, files = await _content(request)
        await asyncio.sleep(fault.seconds)
        if fault.cut_before:
            return self._cut(request, path, body)
        headers: dict[str, str] = {}
        try:
            if fault.refusal is not None:
                raise fault.refusal
            answer = self._carry_out(request, path, body, files)
        except RestError as error:
            answer, headers = Answer(error.status, error.body), error.headers
        if fault.cut_after:
            return self._cut(request, path, body)
        self.seen.append(Seen(request.method, path, body, answer.status))
        if answer.raw is not None:
            return web.Response(body=answer.raw[1], content_type=answer.raw[0])
        if answer.body is None:
            return web.Response(status=answer.status, headers=headers)
        # Clients compare the content type with exactly this: with a charset they would take the body for a string.
        headers = headers | {"Content-Type": "application/json"}
        return web.Response(status=answer.status, headers=headers, body=json.dumps(answer.body).encode())

    def _cut(self, request: web.Request, path: str, body: Any) -> web.StreamResponse:
        self.seen.append(Seen(request.method, path, body, None))
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)  # The connection is gone.

    def _carry_out(
        self, request: web.Request, path: str, body: Any, files: list[tuple[str, str, bytes]]
    ) -> Answer:
        route, part = _route(request.method, path)
        if not route.open and request.headers.get("Authorization") != f"Bot {self.token}":
            raise RestError(401, 0, "401: Unauthorized")
        self._check_request(request, path, body, files)
        call = Call(
            world=self.world,
            part=part,
            query=request.query,
            body=body,
            files=files,
            gateway_url=self.gateway_url,
            api_base=self.api_base,
            shards=self.shards,
            now=asyncio.get_running_loop().time(),
            deadline=self.deadline,
        )
        answer = route.handler(call)
        if self.checker is not None and answer.raw is None:
            wrong = self.checker.answer_problems(request.method, path, answer.status, answer.body)
            self.violations += [f"answer to {request.method} {path}: {problem}" for problem in wrong]
        # The response must not change when the world does.
        return Answer(answer.status, json.loads(json.dumps(answer.body)), answer.raw)

    def _check_request(
        self, request: web.Request, path: str, body: Any, files: list[tuple[str, str, bytes]]
    ) -> None:
        if path.startswith("/files/"):
            return
        problems = problems_of(request.method, path, body, with_files=bool(files))
        if self.checker is not None:
            problems += self.checker.request_problems(request.method, path, body, list(request.query))
        if problems:
            self.violations += [f"{request.method} {path}: {problem}" for problem in problems]
            raise invalid_form(problems)


def _route(method: str, path: str) -> tuple[Route, dict[str, str]]:
    known = False
    for route in ROUTES:
        part = route.parts(path)
        if part is not None and route.method == method:
            return route, part
        known = known or part is not None
    raise RestError(405, 0, "405: Method Not Allowed") if known else RestError(404, 0, "404: Not Found")


async def _content(request: web.Request) -> tuple[Any, list[tuple[str, str, bytes]]]:
    """Return the JSON body, and the files of a multipart request."""
    if not request.can_read_body:
        return None, []
    if request.content_type != "multipart/form-data":
        return _parsed(await request.text()), []
    body: Json | None = None
    files = []
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files.append((value.filename, value.content_type, value.file.read()))
            value.file.close()
        elif name == "payload_json" and isinstance(value, str):
            body = _parsed(value)
    return body, files


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text  # The check of the body's type refuses it.
