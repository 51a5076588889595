"""The receivers on the page on pushes do what the page says, as they stand there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mipos_mock.testing import Engine, MiposMock
from tests.client.pushed import DOCUMENTED, MISSING, changed, encoded
from tests.client.receivers_support import CODE, LEFT_OVER, PAGE, Receiver, running_receiver

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """Run the platform."""
    with Engine() as engine:
        yield engine


@pytest.fixture(scope="module", params=CODE)
def pos(
    request: pytest.FixtureRequest, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Receiver]:
    """Run a receiver with an account of its own."""
    name: str = request.param
    with (
        MiposMock(engine) as mock,
        running_receiver(name, mock, tmp_path_factory.mktemp(name)) as receiver,
    ):
        yield receiver


def test_page_has_the_four_frameworks() -> None:
    """There is a receiver for each framework that the page names."""
    assert ["starlette_pos", "fastapi_pos", "flask_pos", "django_pos"] == list(CODE)
    assert all(f"\n## {name}\n" in PAGE for name in ("Starlette", "FastAPI", "Flask", "Django"))


@pytest.mark.parametrize("name", CODE)
def test_code_is_clean(name: str, tmp_path: Path) -> None:
    """The repository's own rules find nothing in a receiver, but for its being a lone file."""
    path = tmp_path / f"{name}.py"
    path.write_text(CODE[name], "utf-8")

    for task in (["check", "--ignore", "INP001"], ["format", "--check"]):
        done = subprocess.run(  # noqa: S603 - our own tool
            [
                *(sys.executable, "-m", "ruff", *task),
                *("--no-cache", "--config", str(ROOT / "pyproject.toml"), str(path)),
            ],
            capture_output=True,
            text=True,
            check=False,
        )

        assert 0 == done.returncode, done.stdout


@pytest.mark.parametrize("name", CODE)
def test_code_holds_no_secret(name: str) -> None:
    """Token, secret and address come from the environment."""
    assert "mock-" not in CODE[name]
    assert "http://" not in CODE[name]
    for variable in ("MIPOS_TOKEN", "MIPOS_SECRET", "MIPOS_BASE_URL"):
        assert f'os.environ["{variable}"]' in CODE[name]


def test_order_is_stored_and_accepted(pos: Receiver) -> None:
    """An order is stored as it came, answered with 200, and accepted by a call without a flaw."""
    order = pos.mock.place_order("modifiers")

    pos.mock.wait_accepted(order)

    (push,) = pos.mock.wait_delivered(order)
    assert [200] == [each.status for each in push.tries]
    pos.settle()
    assert [(push.body, "Operation completed successfully")] == pos.stored(order.order_external_id)
    assert [200] == pos.acceptances(order)
    assert [] == pos.mock.violations


def test_push_is_answered_before_the_acceptance(pos: Receiver) -> None:
    """The platform has its answer though it takes its time over the acceptance."""
    pos.mock.fault("latency", operation="accept_order", seconds=0.5)
    order = pos.mock.place_order()

    pos.mock.wait_accepted(order)

    (push,) = pos.mock.wait_delivered(order)
    told = pos.mock.timeline()
    assert [200] == [each.status for each in push.tries]
    assert told.index(f"push {push.id} (ORDER)") < told.index(
        f"order {order.order_external_id} accepted"
    )


def test_order_that_comes_twice_is_stored_once(pos: Receiver) -> None:
    """Of two pushes with the same order, both are answered with 200 and one is acted on."""
    pos.mock.fault("duplicate")
    order = pos.mock.place_order()

    delivered = pos.mock.wait_delivered(order)
    pos.mock.wait_delivered(pos.mock.replay(delivered[0]))
    pos.settle()

    assert 1 == len(pos.stored(order.order_external_id))
    assert [200] == pos.acceptances(order)


def test_wrong_signature_is_refused(pos: Receiver) -> None:
    """A push that another secret signed is answered with 401; with the right one it is taken."""
    pos.mock.fault("wrong-signature")
    order = pos.mock.place_order()

    pos.mock.advance(5)

    (push,) = pos.mock.wait_delivered(order)
    assert [401, 200] == [each.status for each in push.tries]
    assert 1 == len(pos.stored(order.order_external_id))
    pos.mock.wait_accepted(order)


@pytest.mark.parametrize("signature", [None, "", "0" * 64])
def test_push_of_anybody_is_refused(pos: Receiver, signature: str | None) -> None:
    """A push without the right signature is answered with 401 before it is read."""
    order = pos.mock.place_order(push=False, order_external_id=f"forged-{signature}")

    assert 401 == pos.post(b"{}", signature).status_code
    assert [] == pos.stored(order.order_external_id)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b"", "this is no order"),
        (b"[]", "got `array`"),
        (b'{"external_id": 5}', "$.external_id"),
        (
            encoded(changed(DOCUMENTED, ("external_store_id",), MISSING)),
            "neither external_store_id nor store_id",
        ),
    ],
)
def test_malformed_push_is_refused(pos: Receiver, body: bytes, place: str) -> None:
    """A genuine push that is no order is answered with 400, what is wrong, and its place."""
    before = pos.sql("SELECT count(*) FROM orders")

    answer = pos.post_signed(body)

    assert 400 == answer.status_code
    assert place in answer.text
    assert before == pos.sql("SELECT count(*) FROM orders")


def test_refusal_of_the_platform_is_kept(pos: Receiver) -> None:
    """An order that the platform does not let be accepted is kept with its reason, asked once."""
    order = pos.mock.place_order(delivery_id="3")

    pos.mock.wait_delivered(order)
    pos.settle()

    assert ["Unable to get token."] == [said for _, said in pos.stored(order.order_external_id)]
    assert [409] == pos.acceptances(order)


def test_acceptance_that_was_lost_is_made_up_for(pos: Receiver) -> None:
    """An order whose acceptance got no answer is accepted after the next push."""
    pos.mock.fault("drop", operation="accept_order")
    order = pos.mock.place_order()

    pos.mock.wait_delivered(order)
    pos.settle()

    pos.mock.wait_accepted(order)
    assert [None, 200] == pos.acceptances(order)


def test_order_left_over_is_accepted_at_the_start(pos: Receiver) -> None:
    """What was stored and not accepted when the POS ended is accepted when it starts again."""
    (order,) = [each for each in pos.mock.orders if each.order_external_id == LEFT_OVER]

    pos.mock.wait_accepted(order)

    assert [200] == pos.acceptances(order)
