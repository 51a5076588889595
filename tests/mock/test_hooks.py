"""The webhooks of an account."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mipos_mock.hooks import Webhooks

URLS = st.sampled_from(["https://a", "https://b", "https://c", "https://d"])
STEPS = st.lists(st.tuples(st.sampled_from(["add", "rename", "remove"]), URLS, URLS), max_size=30)


def test_order_is_that_of_creation() -> None:
    """They come in the order in which they were created."""
    assert ["https://b", "https://a"] == list(Webhooks({"https://b": "ORDER", "https://a": "Menu"}))


def test_rename_keeps_place_and_type() -> None:
    """A webhook whose URL changes stays where it was and what it was."""
    hooks = Webhooks({"https://a": "Menu", "https://b": "ORDER"})
    place = hooks.place("https://a")

    hooks.rename("https://a", "https://c")

    assert [("https://c", "Menu"), ("https://b", "ORDER")] == list(hooks.items())
    assert (place, ("https://c", "Menu")) == (hooks.place("https://c"), hooks.at(place))


def test_rename_of_an_unknown_url_changes_nothing() -> None:
    """A URL that no webhook has cannot be renamed."""
    hooks = Webhooks({"https://a": "ORDER"})

    with pytest.raises(KeyError):
        hooks.rename("https://b", "https://c")

    assert {"https://a": "ORDER"} == hooks


def test_place_of_a_removed_webhook_is_not_given_again() -> None:
    """A push for a webhook that is gone does not go to one that was created later."""
    hooks = Webhooks({"https://a": "ORDER"})
    place = hooks.place("https://a")
    del hooks["https://a"]
    hooks["https://a"] = "ORDER"

    assert hooks.at(place) is None


def test_restored_places_are_the_former_ones() -> None:
    """Webhooks that are put back in have their places, and new ones get others."""
    hooks = Webhooks.placed([(7, "https://b", "Menu"), (3, "https://a", "ORDER")])
    hooks["https://c"] = "ORDER"

    assert [3, 7, 8] == [hooks.place(url) for url in hooks]


def test_copies_are_independent() -> None:
    """A deep copy can change without the original."""
    hooks = Webhooks({"https://a": "ORDER"})
    other = copy.deepcopy(hooks)
    other["https://b"] = "ORDER"

    assert {"https://a": "ORDER"} == hooks


@given(STEPS)
def test_they_behave_like_a_list_of_pairs(steps: list[tuple[str, str, str]]) -> None:
    """After any changes the webhooks are those of the plainest model."""
    hooks, model = Webhooks(), list[tuple[str, str]]()
    for step, url, other in steps:
        known = [each for each, _ in model]
        if step == "add" and url not in known:
            hooks[url] = "ORDER"
            model.append((url, "ORDER"))
        elif step == "rename" and url in known and other not in known:
            hooks.rename(url, other)
            model = [(other if each == url else each, kind) for each, kind in model]
        elif step == "remove" and url in known:
            del hooks[url]
            model = [pair for pair in model if pair[0] != url]

    assert model == list(hooks.items())
    assert len(model) == len(hooks)
    assert model == [hooks.at(hooks.place(url)) for url in hooks]
