"""What each scenario promises of its orders."""

import json
import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mock.test_scenarios import NAMES, made, modifiers, seeds


@given(seed=seeds)
@settings(max_examples=30)
def test_simple_is_plain(seed: int) -> None:
    """A simple order has one to three items and nothing else that a POS could stumble over."""
    order = made("simple", seed)

    assert 1 <= len(order["items"]) <= 3
    assert [] == modifiers(order)
    assert {""} == {order["instructions"], *(item["instructions"] for item in order["items"])}
    assert 0 == order["discount_value"]


@given(seed=seeds)
@settings(max_examples=10)
def test_big_has_a_hundred_items(seed: int) -> None:
    """A big order has exactly 100 items, with modifiers among them."""
    order = made("big", seed)

    assert 100 == len(order["items"])
    assert modifiers(order)


@given(seed=seeds)
@settings(max_examples=30)
def test_modifiers_are_several(seed: int) -> None:
    """Each item has several modifiers: one free at least, one paid and taken more than once."""
    for item in made("modifiers", seed)["items"]:
        chosen = item["modifiers"]

        assert 2 <= len(chosen)
        assert any(modifier["unit_value"] == 0 for modifier in chosen)
        assert any(each["unit_value"] > 0 and each["quantity"] > 1 for each in chosen)


@given(seed=seeds)
@settings(max_examples=30)
def test_discount_is_within_the_total(seed: int) -> None:
    """An order with a discount has one above zero and at most the total."""
    order = made("discount", seed)

    assert 0 < order["discount_value"] <= order["total"]


def test_discount_can_be_the_whole_total() -> None:
    """Some orders cost nothing after the discount, some still do."""
    orders = [made("discount", seed) for seed in range(50)]

    assert {True, False} == {order["discount_value"] == order["total"] for order in orders}


@given(scenario=st.sampled_from([name for name in NAMES if name != "discount"]), seed=seeds)
@settings(max_examples=30)
def test_no_other_scenario_has_a_discount(scenario: str, seed: int) -> None:
    """A discount is the business of one scenario."""
    assert 0 == made(scenario, seed)["discount_value"]


@given(seed=seeds)
@settings(max_examples=30)
def test_notes_have_line_breaks_and_quotes(seed: int) -> None:
    """The note of the order has a line break and a double quote, that of each item is marked up."""
    order = made("notes", seed)

    assert "\n" in order["instructions"]
    assert '"' in order["instructions"]
    assert all(re.search("[\"'\n]", item["instructions"]) for item in order["items"])


@given(seed=seeds)
@settings(max_examples=30)
def test_unicode_has_every_kind_of_character(seed: int) -> None:
    """The names of every order hold an accent, CJK, a joined emoji and a combining mark."""
    order = made("unicode", seed)
    names = "".join(item["name"] for item in order["items"])
    kinds = {unicodedata.name(each, "?").split()[0] for each in names}

    assert re.search("[\u00e0-\u00ff]", names)
    assert kinds & {"CJK", "HANGUL"}
    assert re.search("[\U0001f000-\U0001faff]\ufe0f?\u200d[\U0001f000-\U0001faff]", names)
    assert any(unicodedata.combining(each) for each in names)
    assert not order["customer"].isascii()
    assert not order["instructions"].isascii()


def test_unicode_goes_beyond_16_bits() -> None:
    """The customers include one whose letters, not only emoji, need two units of UTF-16."""
    assert any(
        ord(each) > 0xFFFF and each.isalpha()
        for seed in range(20)
        for each in made("unicode", seed)["customer"]
    )


@given(seed=seeds)
@settings(max_examples=30)
def test_rtl_has_arabic_and_hebrew(seed: int) -> None:
    """Every name of the order holds letters that are read from right to left, of both scripts."""
    order = made("rtl", seed)
    names = [order["customer"], *(each["name"] for each in [*order["items"], *modifiers(order)])]
    directions = [{unicodedata.bidirectional(each) for each in name} for name in names]

    assert modifiers(order)
    assert all(kinds & {"R", "AL"} for kinds in directions)
    assert {"R", "AL"} <= set[str]().union(*directions)


@given(seed=seeds)
@settings(max_examples=10)
def test_long_text_is_long_but_fits(seed: int) -> None:
    """Each text has thousands of characters; the order stays under 256 KiB however encoded."""
    order = made("long-text", seed)
    things = [*order["items"], *modifiers(order)]
    written = [order["customer"], order["instructions"], *(each["name"] for each in things)]

    assert modifiers(order)
    assert all(2000 < len(text) for text in written)
    assert all(2000 < len(item["instructions"]) for item in order["items"])
    assert 256 * 1024 > len(json.dumps(order).encode())


@given(seed=seeds)
@settings(max_examples=30)
def test_zero_total_is_free(seed: int) -> None:
    """Nothing costs anything, so the total is zero."""
    order = made("zero-total", seed)

    assert 0 == order["total"]
    assert {0} == {each["unit_value"] for each in [*order["items"], *modifiers(order)]}


@given(
    scenario=st.sampled_from([name for name in NAMES if name not in {"unicode", "rtl"}]),
    seed=seeds,
)
@settings(max_examples=40)
def test_other_scenarios_are_ascii(scenario: str, seed: int) -> None:
    """Characters beyond ASCII are the business of two scenarios."""
    assert json.dumps(made(scenario, seed), ensure_ascii=False).isascii()
