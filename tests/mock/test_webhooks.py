"""Webhook management, through the core."""

import pytest

from mipos_mock.exchange import Answer
from mipos_mock.state import State
from tests.mock.support import BETA, READ_ONLY, conflict, run

A, B, C = "https://a.example", "https://b.example", "https://c.example"
SEEDED = "https://pos.example/read-only"

CREATED = Answer(201, {"message": "Webhook successfully created", "data": None})
UPDATED = Answer(200, {"message": "Webhook successfully updated", "data": None})
REMOVED = Answer(200, {"message": "Webhook successfully removed", "data": None})


def listed(*urls: str) -> Answer:
    """The answer that lists these URLs."""
    return Answer(200, [{"url": url} for url in urls])


def create(state: State, *urls: str) -> None:
    """Creates a webhook for every URL."""
    for url in urls:
        run(state, "create_webhook", {"url": url})


def test_created_webhook_is_listed(state: State) -> None:
    """Creating answers 201 and stores the webhook."""
    answer = run(state, "create_webhook", {"url": A})

    assert (CREATED, listed(A)) == (answer, run(state, "list_webhooks", {}))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({}, "ORDER"),
        ({"type": "ORDER"}, "ORDER"),
        ({"type": "Menu"}, "Menu"),
    ],
)
def test_type_is_kept(state: State, given: dict[str, str], kept: str) -> None:
    """The type is ORDER unless the request names another."""
    run(state, "create_webhook", {"url": A, **given})

    assert kept == state.accounts["alpha"].webhooks[A]


def test_no_webhooks_are_an_empty_list(state: State) -> None:
    """An account without webhooks lists none."""
    assert listed() == run(state, "list_webhooks", {})


def test_list_is_in_order_of_creation(state: State) -> None:
    """Webhooks are listed in the order in which they were created."""
    create(state, C, A, B)

    assert listed(C, A, B) == run(state, "list_webhooks", {})


@pytest.mark.parametrize("kind", ["ORDER", "Menu"])
def test_second_webhook_with_a_url_is_refused(state: State, kind: str) -> None:
    """A URL can be created once, whatever the type."""
    create(state, A)

    answer = run(state, "create_webhook", {"url": A, "type": kind})

    assert conflict("This webhook already exists") == answer


def test_urls_differ_by_any_character(state: State) -> None:
    """URLs are compared as they are written."""
    create(state, A)

    assert CREATED == run(state, "create_webhook", {"url": f"{A}/"})


def test_failed_create_stores_nothing(state: State) -> None:
    """An account whose webhooks cannot be changed keeps those it has."""
    answer = run(state, "create_webhook", {"url": A}, READ_ONLY)

    assert (conflict("Unable to set up the webhook URL."), listed(SEEDED)) == (
        answer,
        run(state, "list_webhooks", {}, READ_ONLY),
    )


def test_existing_url_comes_before_failing_platform(state: State) -> None:
    """A URL that exists is told as such even where nothing can be changed."""
    answer = run(state, "create_webhook", {"url": SEEDED}, READ_ONLY)

    assert conflict("This webhook already exists") == answer


def test_updated_webhook_keeps_its_place_and_type(state: State) -> None:
    """An update changes the URL only."""
    run(state, "create_webhook", {"url": A, "type": "Menu"})
    create(state, B)

    answer = run(state, "update_webhook", {"current_url": A, "new_url": C})

    assert (UPDATED, [(C, "Menu"), (B, "ORDER")]) == (
        answer,
        list(state.accounts["alpha"].webhooks.items()),
    )


def test_update_of_a_missing_webhook_is_refused(state: State) -> None:
    """The current URL must exist, and that is told before the new one exists."""
    create(state, B)

    answer = run(state, "update_webhook", {"current_url": A, "new_url": B})

    assert conflict("This webhook does not exist") == answer


@pytest.mark.parametrize("new", [A, B])
def test_update_to_an_existing_url_is_refused(state: State, new: str) -> None:
    """The new URL must not exist, the current one included."""
    create(state, A, B)

    answer = run(state, "update_webhook", {"current_url": A, "new_url": new})

    assert (conflict("This new webhook already exists"), listed(A, B)) == (
        answer,
        run(state, "list_webhooks", {}),
    )


def test_failed_update_changes_nothing(state: State) -> None:
    """An account whose webhooks cannot be changed keeps the old URL."""
    answer = run(state, "update_webhook", {"current_url": SEEDED, "new_url": A}, READ_ONLY)

    assert (conflict("Unable to update the webhook URL."), listed(SEEDED)) == (
        answer,
        run(state, "list_webhooks", {}, READ_ONLY),
    )


def test_removed_webhook_is_gone(state: State) -> None:
    """Deleting removes the webhook with that URL and no other."""
    create(state, A, B)

    answer = run(state, "delete_webhook", {"url": A})

    assert (REMOVED, listed(B)) == (answer, run(state, "list_webhooks", {}))


def test_delete_of_a_missing_webhook_is_refused(state: State) -> None:
    """What does not exist cannot be deleted."""
    assert conflict("This webhook does not exist") == run(state, "delete_webhook", {"url": A})


def test_failed_delete_removes_nothing(state: State) -> None:
    """An account whose webhooks cannot be changed keeps those it has."""
    answer = run(state, "delete_webhook", {"url": SEEDED}, READ_ONLY)

    assert (conflict("Unable to remove the webhook URL."), listed(SEEDED)) == (
        answer,
        run(state, "list_webhooks", {}, READ_ONLY),
    )


def test_accounts_do_not_see_each_other(state: State) -> None:
    """A webhook is listed for its own account only."""
    create(state, A)

    assert listed() == run(state, "list_webhooks", {}, BETA)


def test_accounts_may_share_a_url(state: State) -> None:
    """A URL that another account has can be created."""
    create(state, A)

    assert CREATED == run(state, "create_webhook", {"url": A}, BETA)


@pytest.mark.parametrize(
    ("operation", "values"),
    [("update_webhook", {"current_url": A, "new_url": B}), ("delete_webhook", {"url": A})],
)
def test_accounts_do_not_touch_each_other(
    state: State, operation: str, values: dict[str, str]
) -> None:
    """Another account's webhook does not exist for this one, and stays as it is."""
    create(state, A)

    answer = run(state, operation, values, BETA)

    assert (conflict("This webhook does not exist"), listed(A)) == (
        answer,
        run(state, "list_webhooks", {}),
    )
