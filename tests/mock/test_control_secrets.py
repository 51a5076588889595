"""What a client proves itself with never comes out of the control interface again."""

from collections.abc import Mapping
from urllib.parse import quote, quote_plus

import pytest

from mipos_mock import timeline
from mipos_mock.access import SECRET_HEADER, Access
from mipos_mock.clock import Clock
from mipos_mock.journal import Call, Journal
from mipos_mock.masking import HIDDEN, Mask
from tests.mock.control_answers import OPERATIONS
from tests.mock.control_client import Client, Json, play
from tests.mock.support import ACCEPT, CREATE, JSON, LIST

TOKEN = "sentinel/tok+en=0123456789abcdef"
COOKIE = "sentinel-cookie-0123456789"
PIECE = "entinel"
"""Stands in all that must not come out."""

PROOFS: Mapping[str, str] = {
    "Authorization": f"Bearer {TOKEN}",
    "Cookie": f'theme=dark; session="{COOKIE}"',
    "Proxy-Authorization": "Basic sentinel-proxy",
    SECRET_HEADER: "sentinel-of-the-mock",
}
CALLS: dict[str, tuple[str, str, bytes]] = {
    "path": ("GET", f"/api/v1/{quote(TOKEN)}", b""),
    "path, cut off by the answer": ("GET", f"/{'x' * 180}/{quote(TOKEN)}", b""),
    "path, wrong method": ("PUT", f"{LIST}/{COOKIE}", b""),
    "query": ("GET", f"{LIST}?access_token={TOKEN}", b""),
    "query, encoded": ("GET", f"{LIST}?access_token={quote(TOKEN, safe='')}", b""),
    "query, as a form": ("GET", f"{LIST}?t={quote_plus(TOKEN)}&c={COOKIE}", b""),
    "query, in lower case": ("GET", f"{LIST}?t={quote(TOKEN, safe='').lower()}", b""),
    "name in the query": ("GET", f"{LIST}?{quote(TOKEN)}=1", b""),
    "body": ("POST", CREATE, f'{{"url":"https://a?{TOKEN}","type":"{COOKIE}"}}'.encode()),
    "body, escaped": ("POST", CREATE, f'{{"a":"{TOKEN}"}}'.replace("/", "\\/").encode()),
    "body, no JSON": ("POST", ACCEPT, f"token={TOKEN}".encode()),
    "body, too long": ("POST", CREATE, b'{"x":"' + b"x" * 16_361 + TOKEN.encode() * 9 + b'"}'),
    "field": ("POST", CREATE, f'{{"{TOKEN}":1,"{COOKIE}":2}}'.encode()),
    "order": ("POST", ACCEPT, f'{{"order_external_id":"one","token":"{TOKEN}"}}'.encode()),
}
"""Calls that hold the token, or the cookie, where it does not belong."""


async def everything(client: Client) -> str:
    """What every GET route answers, by each account and entry, and what the events send."""
    targets = [f"events?after={client.box.journal.last}"]
    for method, path, _ in OPERATIONS.values():
        if method == "GET" and "events" not in path:
            targets += [path.removeprefix("/_mock/").replace("{id}", n) for n in ("1", "5", "999")]
    targets += [f"journal/{number}" for number in range(1, client.box.journal.last + 1)]
    targets = [each if "wait" not in each else f"{each}?timeout=0" for each in targets]
    answers = [(await client.get(each)).body.decode() for each in targets[1:]]
    async with client.listening("events?after=0") as listener:
        answers += [await listener.block() for _ in range(client.box.journal.last)]
    return "\n".join(answers)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("proofs", ["unknown token", "known token"])
def test_no_route_shows_a_proof(name: str, proofs: str) -> None:
    """Lists, entries, timelines, events and errors: none holds token, cookie or secret."""
    method, target, body = CALLS[name]
    headers = {
        **PROOFS,
        "Content-Type": JSON,
        "Referer": f"https://pos.example/?token={TOKEN}",
        "X-Forwarded-Authorization": f"Bearer {TOKEN}",
    }

    async def run(client: Client) -> str:
        if proofs == "known token":
            client.box.state.accounts["alpha"].token = TOKEN
        await client.order(order_external_id="one")
        await client.send(method, target, body, headers)
        waiting = await client.get("orders/one/wait?timeout=0")
        client.box.state.accounts["alpha"].token = "another"
        return waiting.body.decode() + await everything(client)

    shown = play(run)

    assert HIDDEN in shown
    assert PIECE not in shown


@pytest.mark.parametrize("name", PROOFS)
def test_proofs_are_hidden_whole(name: str) -> None:
    """However short the value is, nothing of it is shown beside the name of its header."""

    async def run(client: Client) -> list[list[str]]:
        await client.send("GET", LIST, headers={name: "a=b"})
        detail: Json = (await client.get("journal/1")).json["detail"]
        headers: list[list[str]] = detail["headers"]
        return headers

    assert [name.lower(), HIDDEN] in play(run)


def test_lines_of_a_timeline_show_no_proof() -> None:
    """Whatever a call was answered, its line does not repeat the token."""
    call = Call(
        method="POST",
        path=ACCEPT,
        query=b"",
        headers=[(b"authorization", f"Bearer {TOKEN}".encode())],
        body=b"",
        operation="accept_order",
        status=409,
        answer=f"not {TOKEN}".encode(),
        milliseconds=1,
    )

    journal = Journal(Clock())
    journal.add(None, call)
    (line,) = timeline.lines(journal)

    assert line.endswith("409  not (hidden)")


def test_a_live_event_shows_no_proof() -> None:
    """What is sent as it happens is masked like what is sent later."""

    async def run(client: Client) -> str:
        async with client.listening() as listener:
            await client.send("GET", f"/{quote(TOKEN)}", headers=PROOFS)
            return await listener.block()

    assert PIECE not in play(run)


def test_proofs_sent_to_the_control_interface_are_not_shown() -> None:
    """Whatever is wrong with a request, its answer does not repeat them, nor does the journal."""

    async def run(client: Client) -> str:
        answers: list[str] = []
        for target in ("state", "none", "orders/9", "state?x=1", "journal?limit=x", "journal"):
            for method in ("GET", "POST"):
                reply = await client.send(method, f"/_mock/{target}", headers=PROOFS)
                answers.append(reply.body.decode())
        return "\n".join(answers)

    assert PIECE not in play(run, Access(PROOFS[SECRET_HEADER]))


def masked(headers: Json, text: str) -> str:
    """A text without what headers prove."""
    return Mask([(name.encode(), value.encode()) for name, value in headers.items()])(text)


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        ("Bearer abcdefgh", "x abcdefgh y", "x (hidden) y"),
        ("bearer abcdefgh", "abcdefgh", "(hidden)"),
        ("Bearerabcdefgh", "abcdefgh", "(hidden)"),
        ('Bearer "abcdefgh"', "abcdefgh", "(hidden)"),
        ("abcdefgh", "abcdefghabcdefgh", "(hidden)(hidden)"),
        ("Bearer abcdefg", "abcdefg", "abcdefg"),
        ("Bearer null", '{"type":null}', '{"type":null}'),
        ("Bearer", "Bearer", "Bearer"),
        ("", "text", "text"),
        ("Bearer abcdefghijklmnopqrst", "abcdefghijklmno", "abcdefghijklmno"),
        ("Bearer abcdefghijklmnopqrst", "abcdefghijklmnop...", "(hidden)..."),
        ("Bearer abcdefghijklmnopqrst", "abcdefghijklmnopqrs.", "(hidden)."),
        ("Bearer abcdefghijklmnopqrst", "abcdefghijklmnopqrstu", "(hidden)u"),
        ("Bearer abcdefgh abcdefghij", "abcdefghij", "(hidden)"),
    ],
)
def test_words_are_hidden_where_they_stand(value: str, text: str, expected: str) -> None:
    """Words of eight characters or more are; where a text cuts one off, from sixteen on."""
    assert expected == masked({"authorization": value}, text)


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        ("a=b; session=abcdefgh", "session=abcdefgh", "session=(hidden)"),
        ("abcdefgh", "abcdefgh", "(hidden)"),
        ("s=abcd=efgh", "abcd=efgh", "(hidden)"),
        ("abcdefgh=1", "abcdefgh", "abcdefgh"),
    ],
)
def test_values_of_cookies_are_hidden(value: str, text: str, expected: str) -> None:
    """The values are; their names are not."""
    assert expected == masked({"cookie": value}, text)


def test_other_headers_prove_nothing() -> None:
    """What is no proof is shown."""
    assert "abcdefgh" == masked({"x-request-id": "abcdefgh"}, "abcdefgh")
