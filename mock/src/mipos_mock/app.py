"""The ASGI application: thin routes from HTTP to the core and back."""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from mipos_mock import control, exchange
from mipos_mock.exchange import Answer
from mipos_mock.operations import OPERATIONS, Operation, handle
from mipos_mock.state import State

_CONTROL_HEADERS = {"X-Mipos-Mock": "control"}


def create_app(state: State, operations: Mapping[str, Operation] = OPERATIONS) -> Starlette:
    """Returns the application that serves the operations and the control interface.

    Args:
        state: What it reads and changes; the caller may do so too between requests.
        operations: The operations by name.
    """
    routes = [
        *(
            Route(each.path, _endpoint(partial(handle, each, state)), methods=[each.method])
            for each in operations.values()
        ),
        *(
            Route(each.path, _endpoint(partial(control.handle, each, state)), methods=[each.method])
            for each in control.CONTROLS
        ),
    ]

    async def unrouted(request: Request, _error: Exception) -> Response:
        path = request.scope["path"]
        known = control.CONTROLS if _of_control(path) else operations.values()
        return _refuse(request.method, path, [(each.method, each.path) for each in known])

    app = Starlette(routes=routes, exception_handlers={404: unrouted, 405: unrouted})
    app.router.redirect_slashes = False
    return app


def _endpoint(
    answer: Callable[[exchange.Request], Answer],
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        # A path pattern of Starlette ends in "$", which a newline may follow.
        if request.scope["path"].endswith("\n"):
            raise HTTPException(404)
        try:
            body = await request.body()
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is left to read it
        headers = request.headers
        core_request = exchange.Request(
            headers.get("authorization"), headers.get("content-type"), body
        )
        return _response(answer(core_request), request.scope["path"])

    return endpoint


def _refuse(method: str, path: str, known: Iterable[tuple[str, str]]) -> Response:
    """Answers a path that is not there (404) or has another method (405, with ``Allow``).

    The JSON shape is what the framework that the pages point to sends to a client that asks
    for JSON; that every client gets it, and the text, are assumptions.
    """
    methods = [each for each, at in known if at == path]
    if methods:
        allow = ", ".join([*methods, *(["HEAD"] if "GET" in methods else [])])
        text = f"{method} is not allowed at {path}: use {allow}."
        return _response(_refusal(405, path, text), path, {"Allow": allow})
    slashless = path.rstrip("/")
    near = [f"{each} {at}" for each, at in known if at == slashless]
    if f"{path}/" == control.PREFIX:
        remedy = f"add a slash at its end, use GET {control.PREFIX}"
    elif near:
        remedy = f"leave out the slash at its end, use {near[0]}"
    else:
        remedy = f"there are {', '.join(f'{each} {at}' for each, at in known)}"
    text = f"Nothing is at {method} {control.shorten(path)}: {remedy}."
    return _response(_refusal(404, path, text), path)


def _refusal(status: int, path: str, text: str) -> Answer:
    return control.error(text, status) if _of_control(path) else Answer(status, {"message": text})


def _of_control(path: str) -> bool:
    return f"{path}/".startswith(control.PREFIX)


def _response(answer: Answer, path: str, headers: Mapping[str, str] | None = None) -> Response:
    marks = _CONTROL_HEADERS if _of_control(path) else {}
    return Response(
        json.dumps(answer.body, separators=(",", ":")),
        answer.status,
        {**marks, **(headers or {})},
        media_type="application/json",
    )
