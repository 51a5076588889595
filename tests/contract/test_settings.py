"""The environment is read strictly: a missing or wrong value is one line that names it."""

from __future__ import annotations

import pytest

from mipos_contract.settings import OrderKey, SettingsError, from_environment

GOOD = {
    "MIPOS_BASE_URL": "https://integrations.example/",
    "MIPOS_ACCESS_TOKEN": "a-token",
    "MIPOS_STORE_ID": "3",
}


def error_for(changes: dict[str, str]) -> str:
    """Return the message for a good environment with changes; an empty value unsets."""
    with pytest.raises(SettingsError) as caught:
        from_environment({**GOOD, **changes})
    return str(caught.value)


def test_nothing_set_means_the_mock() -> None:
    """Without any variable there are no settings, and the suite starts the mock."""
    assert from_environment({"PATH": "/bin"}) is None


def test_all_values_are_read() -> None:
    """Every variable arrives, the slash at the end of the address dropped."""
    settings = from_environment(
        {
            **GOOD,
            "MIPOS_OTHER_ACCESS_TOKEN": "another",
            "MIPOS_PENDING_ORDERS": "1/3/a, 2/3/b/c",
            "MIPOS_ALLOW_WRITES": "1",
            "MIPOS_RATE": "0.5",
            "MIPOS_BUDGET": "300",
            "MIPOS_TIMEOUT": "10",
        }
    )

    assert settings is not None
    assert settings.base_url == "https://integrations.example"
    assert settings.token.reveal() == "a-token"
    assert settings.other_token is not None
    assert settings.store_id == "3"
    assert (OrderKey("1", "3", "a"), OrderKey("2", "3", "b/c")) == settings.pending_orders
    assert settings.allow_writes
    assert (0.5, 300, 10.0) == (settings.rate, settings.budget, settings.timeout)


def test_a_deployment_is_spared_unless_said_otherwise() -> None:
    """Five requests a second, and ten thousand in all."""
    settings = from_environment(GOOD)

    assert settings is not None
    assert (5.0, 10_000, 30.0) == (settings.rate, settings.budget, settings.timeout)


def test_writes_are_off_unless_asked_for() -> None:
    """A target alone is only read."""
    settings = from_environment(GOOD)

    assert settings is not None
    assert not settings.allow_writes


def test_settings_do_not_show_their_tokens() -> None:
    """The repr hides both tokens."""
    text = repr(from_environment({**GOOD, "MIPOS_OTHER_ACCESS_TOKEN": "another"}))

    assert "a-token" not in text
    assert "another" not in text


@pytest.mark.parametrize("name", ["MIPOS_ACCESS_TOKEN", "MIPOS_STORE_ID"])
def test_a_missing_value_is_named(name: str) -> None:
    """A deployment needs a token and a store."""
    assert error_for({name: ""}).startswith(f"{name} is not set")


def test_a_token_without_an_address_is_an_error() -> None:
    """A forgotten address must not turn into a green run against the mock."""
    assert error_for({"MIPOS_BASE_URL": ""}).startswith("MIPOS_BASE_URL is not set")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MIPOS_BASE_URL", "integrations.example"),
        ("MIPOS_BASE_URL", "ftp://integrations.example"),
        ("MIPOS_BASE_URL", "https://integrations.example/?a=1"),
        ("MIPOS_BASE_URL", "https://integrations.example:port"),
        ("MIPOS_BASE_URL", "https://integrations example"),
        ("MIPOS_BASE_URL", "https://[::1"),
        ("MIPOS_STORE_ID", "3 4"),
        ("MIPOS_ALLOW_WRITES", "yes"),
        ("MIPOS_PENDING_ORDERS", "1/3"),
        ("MIPOS_PENDING_ORDERS", "1/3/a,1//b"),
        ("MIPOS_PENDING_ORDERS", "1/3/a b"),
        ("MIPOS_RATE", "0"),
        ("MIPOS_RATE", "-1"),
        ("MIPOS_RATE", "inf"),
        ("MIPOS_RATE", "5/s"),
        ("MIPOS_BUDGET", "0"),
        ("MIPOS_BUDGET", "1e3"),
        ("MIPOS_TIMEOUT", "0.0"),
        ("MIPOS_TIMEOUT", "30s"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    """The message is one line that begins with the variable."""
    message = error_for({name: value})

    assert message.startswith(name)
    assert "\n" not in message


@pytest.mark.parametrize("name", ["MIPOS_ACCESS_TOKEN", "MIPOS_OTHER_ACCESS_TOKEN"])
@pytest.mark.parametrize("value", ["Bearer hush", "hush\n", "hüsh"])
def test_a_wrong_token_is_named_and_not_shown(name: str, value: str) -> None:
    """A token that cannot stand in a header is refused before anything is sent."""
    message = error_for({name: value})

    assert message.startswith(name)
    assert value not in message


def test_a_password_in_the_address_is_not_shown() -> None:
    """Credentials do not belong into the address, nor into the message."""
    message = error_for({"MIPOS_BASE_URL": "https://me:hush@integrations.example"})

    assert message.startswith("MIPOS_BASE_URL")
    assert "hush" not in message


def test_the_same_token_twice_is_an_error() -> None:
    """One account cannot be told from itself."""
    assert error_for({"MIPOS_OTHER_ACCESS_TOKEN": "a-token"}).startswith("MIPOS_OTHER_ACCESS_TOKEN")


def test_a_misspelt_variable_is_an_error() -> None:
    """A setting that would silently be ignored is named, with the one that was meant."""
    message = error_for({"MIPOS_PENDING_ORDER": "1/3/a"})

    assert message == "MIPOS_PENDING_ORDER is not a setting: did you mean MIPOS_PENDING_ORDERS?"
