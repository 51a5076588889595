"""Who may use the control interface: no web page of another origin, nobody without the secret."""

import pytest

from mipos_mock.access import SECRET_HEADER, Access
from tests.mock.control_client import HOST, Client, play
from tests.mock.support import JSON, Reply

SECRET = "the-secret-of-this-server"
OPEN, CLOSED = Access(), Access(SECRET)
REQUESTS = [
    ("GET", "state"),
    ("GET", "events"),
    ("GET", "none"),
    ("POST", "reset"),
    ("DELETE", "accounts/alpha"),
    ("HEAD", "clock"),
    ("OPTIONS", "reset"),
]
FOREIGN = [
    "null",
    "",
    "http://evil.example",
    "http://127.0.0.1",
    "http://127.0.0.1:8081",
    "http://127.0.0.1:80800",
    "http://localhost:8080",
    "https://127.0.0.1:8080",
    "http://127.0.0.1:8080@evil.example",
    "http://127.0.0.1:8080.evil.example",
    "http://evil.example/http://127.0.0.1:8080",
    "http://127.0.0.1:8080/",
    "HTTP://127.0.0.1:8080",
    "file://",
    "http://[",
    "127.0.0.1:8080",
    "\xe9\xff",
]


async def ask(
    client: Client, method: str = "GET", path: str = "state", **headers: str
) -> tuple[Reply, bool]:
    """Sends a request with some headers, and tells whether nothing has changed."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = b"{}" if method == "POST" else b""
    accounts = dict(client.box.state.accounts)
    reply = await client.send(method, f"/_mock/{path}", body, {"Content-Type": JSON, **named})
    kept = client.box.state.accounts
    return reply, all(kept.get(name) is account for name, account in accounts.items())


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize(("method", "path"), REQUESTS)
def test_other_origins_are_refused(method: str, path: str, origin: str) -> None:
    """A page of another origin is 403 whatever it asks for, and nothing happens."""

    async def run(client: Client) -> tuple[Reply, bool]:
        return await ask(client, method, path, Origin=origin)

    reply, unchanged = play(run)

    assert (403, True) == (reply.status, unchanged)
    assert "comes from a page of another origin" in reply.json["error"]
    assert "use the console at /_mock/, or a client that is no browser" in reply.json["error"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_what_a_form_can_send_is_refused(content_type: str) -> None:
    """A POST that a browser sends without asking first does nothing, from whatever page."""

    async def run(client: Client) -> list[tuple[int, bool]]:
        asked = [
            await ask(client, "POST", "reset", Content_Type=content_type, Origin=origin)
            for origin in ("http://evil.example", f"http://{HOST}")
        ]
        return [(reply.status, unchanged) for reply, unchanged in asked]

    assert [(403, True), (400, True)] == play(run)


def test_own_origin_passes() -> None:
    """The console's own requests are answered, also those that change something."""

    async def run(client: Client) -> list[int]:
        asked = [
            await ask(client, method, path, Origin=f"http://{HOST}")
            for method, path in (("GET", "state"), ("DELETE", "accounts/beta"), ("POST", "reset"))
        ]
        return [reply.status for reply, _ in asked]

    assert [200, 200, 200] == play(run)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1:8080",
        "127.1.2.3:1",
        "localhost",
        "LocalHost:8080",
        "mock.localhost:8080",
        "[::1]",
        "[::1]:8080",
    ],
)
def test_loopback_hosts_pass(host: str) -> None:
    """Every name of this machine's loopback is fine, a browser's own requests included."""

    async def run(client: Client) -> list[int]:
        asked = [
            await ask(client, Host=host),
            await ask(client, Host=host, Origin=f"http://{host}"),
        ]
        return [reply.status for reply, _ in asked]

    assert [200, 200] == play(run)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "evil.example:8080",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8080",
        "evil.example@127.0.0.1",
        "127.0.0.1:8080,evil.example",
        "192.168.0.7:8080",
        "0.0.0.0:8080",
        "[::]:8080",
        "localhost:",
        "localhost:8080x",
        "127.0.0.1\n",
        "\xe9.localhost",
    ],
)
@pytest.mark.parametrize(("method", "path"), REQUESTS)
def test_other_hosts_are_refused(method: str, path: str, host: str) -> None:
    """A page whose name was made to resolve to this machine is 403, with an own origin, too."""

    async def run(client: Client) -> list[tuple[Reply, bool]]:
        return [
            await ask(client, method, path, Host=host),
            await ask(client, method, path, Host=host, Origin=f"http://{host}"),
        ]

    for reply, unchanged in play(run):
        assert (403, True) == (reply.status, unchanged)
        assert "use 127.0.0.1 or localhost" in reply.json["error"]


def test_a_client_without_a_host_passes() -> None:
    """HTTP/1.0 knows no Host, and no browser leaves it out."""

    async def run(client: Client) -> int:
        client.host = None
        return (await ask(client))[0].status

    assert 200 == play(run)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (None, "missing"),
        ("", "missing"),
        ("wrong", "wrong"),
        (SECRET[:-1], "wrong"),
        (f"{SECRET} ", "wrong"),
        (SECRET.upper(), "wrong"),
        ("\xe9\xff", "wrong"),
        (f"{SECRET}\xe9", "wrong"),
    ],
)
@pytest.mark.parametrize(("method", "path"), REQUESTS)
def test_secret_is_wanted(method: str, path: str, sent: str | None, told: str) -> None:
    """Without the right one every request is 401, and the error holds neither of both."""
    headers = {} if sent is None else {SECRET_HEADER: sent}

    async def run(client: Client) -> tuple[Reply, bool]:
        return await ask(client, method, path, **headers)

    reply, unchanged = play(run, CLOSED)

    assert (401, True) == (reply.status, unchanged)
    assert reply.json["error"] == (
        f"{SECRET_HEADER} is {told}: send the secret that the stand-in printed when it started"
    )


def test_right_secret_passes() -> None:
    """Under any host name, since the server is meant to be reached from elsewhere."""

    async def run(client: Client) -> list[int]:
        headers = {SECRET_HEADER: SECRET, "Host": "mock.test:8080"}
        requests = [("GET", "state"), ("POST", "reset"), ("DELETE", "accounts/beta")]
        return [(await ask(client, *each, **headers))[0].status for each in requests]

    assert [200, 200, 200] == play(run, CLOSED)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_console_beyond_loopback_may_be_behind_tls(scheme: str) -> None:
    """Its own origin may be https, for a proxy that passes the Host on."""

    async def run(client: Client) -> int:
        origin = f"{scheme}://mock.test"
        headers = {SECRET_HEADER: SECRET, "Host": "mock.test", "Origin": origin}
        return (await ask(client, **headers))[0].status

    assert 200 == play(run, CLOSED)


@pytest.mark.parametrize("origin", [each for each in FOREIGN if each != f"https://{HOST}"])
def test_secret_does_not_help_other_origins(origin: str) -> None:
    """A page that knows the secret is refused all the same, before the secret is looked at."""

    async def run(client: Client) -> list[int]:
        asked = [await ask(client, Origin=origin, **{SECRET_HEADER: each}) for each in (SECRET, "")]
        return [reply.status for reply, _ in asked]

    assert [403, 403] == play(run, CLOSED)


@pytest.mark.parametrize("file", ["", "console.css", "console.js"])
def test_files_of_the_console_are_public(file: str) -> None:
    """They are no secret: the page asks for it."""

    async def run(client: Client) -> tuple[int, str]:
        reply = await client.send("GET", f"/_mock/{file}", headers={"Accept": "text/html"})
        return reply.status, reply.headers["x-mipos-mock"]

    assert (200, "control") == play(run, CLOSED)


def test_routes_at_the_console_s_address_are_not_public() -> None:
    """Who asks for JSON there wants the secret."""

    async def run(client: Client) -> int:
        return (await client.get("")).status

    assert 401 == play(run, CLOSED)


@pytest.mark.parametrize("access", [OPEN, CLOSED], ids=["open", "closed"])
@pytest.mark.parametrize("file", ["", "console.css", "console.js"])
def test_files_of_the_console_are_for_their_own_origin(file: str, access: Access) -> None:
    """A page of another origin does not get them."""

    async def run(client: Client) -> int:
        headers = {"Accept": "text/html", "Origin": "http://evil.example"}
        return (await client.send("GET", f"/_mock/{file}", headers=headers)).status

    assert 403 == play(run, access)


@pytest.mark.parametrize("file", ["", "console.css", "console.js"])
def test_files_of_the_console_are_for_loopback_names(file: str) -> None:
    """Under a name that was made to resolve to this machine they are not served."""

    async def run(client: Client) -> int:
        headers = {"Accept": "text/html", "Host": "evil.example"}
        return (await client.send("GET", f"/_mock/{file}", headers=headers)).status

    assert 403 == play(run)


def test_platform_s_api_is_not_kept_back() -> None:
    """What stands here is about the control interface alone."""

    async def run(client: Client) -> int:
        headers = {"Origin": "http://evil.example", "Host": "evil.example"}
        return (await client.api("GET", "/api/v1/integration/webhooks", headers=headers)).status

    assert 200 == play(run, CLOSED)


def test_secret_is_not_in_the_repr() -> None:
    """What a log or a failing test shows of it does not hold the secret."""
    assert SECRET not in repr(CLOSED)


def test_push_does_not_steer_the_mock() -> None:
    """A webhook that points at the control interface is told so, in the answer to its push."""

    async def run(client: Client) -> tuple[int, str]:
        headers = {"Signature-Webhook": "0" * 64}
        reply = await client.send("POST", "/_mock/menus/pull", b"{}", headers=headers)
        return reply.status, reply.json["error"]

    status, text = play(run)

    assert 403 == status
    assert "let it point at your POS" in text
