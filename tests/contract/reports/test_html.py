"""What the page holds, read without a browser."""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mipos_contract import lines as source_lines
from mipos_contract.record import Message
from mipos_contract.reports import html
from mipos_contract.reports.visible import visible
from tests.contract.reports.examples import (
    DEVIATING,
    DOCUMENT,
    EVERY,
    FAILING,
    HOSTILE,
    MARKUP,
    PASSING,
)
from tests.contract.reports.page import Page, parsed

if TYPE_CHECKING:
    from jinja2 import Environment

    from mipos_contract.record import Record

UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def page_of(record: Record) -> Page:
    """Return the page of a run."""
    return parsed(html.render(record, DOCUMENT))


def headings(page: Page) -> list[str]:
    """Return the texts of the headings below the first, without the failures' numbers."""
    return [element.text for element in page.named("h2")]


def test_a_passing_run_says_so_first() -> None:
    """The first heading is the verdict, and there is no section of failures."""
    page = page_of(PASSING)

    assert ["Passed: everything that was run holds."] == [each.text for each in page.named("h1")]
    assert [
        "Answers seen",
        "Known deviations",
        "What was not verified",
        "The run",
        "The document",
    ] == headings(page)
    assert "Nothing: every test ran" in page.by_id("main").text


def test_a_failing_run_shows_its_failures_first() -> None:
    """The failures come before everything else, an entry that fails the run among them."""
    page = page_of(FAILING)

    assert "4 things do not hold." == page.named("h1")[0].text
    assert "What does not hold" == headings(page)[0]
    assert [
        "1 createWebhook: the status 200 does not fit this request.",
        "2 listWebhooks: https://mipos-contract-0123456789ab.invalid/a is missing.",
        "3 acceptOrder: no answer that can be read: ReadTimeout.",
        "4 listWebhooks: a known deviation fails the run: it expired on 2026-03-01",
    ] == [each.text for each in page.named("h3")[:4]]


def test_a_failure_has_all_of_its_parts() -> None:
    """What the document says with its line, the answer, the curl line, the tests and the steps."""
    failure = FAILING.failures[0]
    page = page_of(FAILING)
    article = page.by_id("failure-1")

    assert failure.request == page.by_id("request-1").text
    assert [] == [
        part
        for part in (failure.rule, failure.says, failure.seen, f"openapi.yaml, line {failure.line}")
        if part not in article.text
    ]
    assert [] == [test for test in failure.tests if test not in article.text]
    assert [] == [
        step for step in FAILING.failures[1].steps if step not in page.by_id("failure-2").text
    ]
    assert FAILING.failures[2].detail in page.by_id("failure-3").text


def test_the_matrix_has_every_status_and_message() -> None:
    """Each documented answer has a row with its count, and each of its messages another."""
    table = page_of(PASSING).named("table")[0]

    assert sum(1 + len(row.messages) for row in PASSING.rows) == table.text.count("1,204")
    assert [] == [
        message.text
        for row in PASSING.rows
        for message in row.messages
        if message.text not in table.text
    ]


def test_tables_say_what_their_headers_are_for() -> None:
    """Each has a caption, and each header the cells that it speaks of."""
    page = page_of(FAILING)

    assert len(page.named("table")) == len(page.named("caption"))
    assert {"col", "row", "rowgroup"} == {each.attributes["scope"] for each in page.named("th")}
    assert len(FAILING.rows) == sum("rowspan" in each.attributes for each in page.named("th"))


def test_a_phone_shows_the_page_at_its_own_width() -> None:
    """And lets its reader enlarge it."""
    (viewport,) = (
        each.attributes["content"]
        for each in page_of(PASSING).named("meta")
        if each.attributes.get("name") == "viewport"
    )

    assert "width=device-width, initial-scale=1" == viewport


def test_what_was_not_seen_is_named_with_its_reason() -> None:
    """A status that cannot be seen has its reason in the matrix and among what is not verified."""
    page = page_of(FAILING)
    matrix, tests = (table.text for table in page.named("table")[:2])

    assert 4 + 2 == matrix.count("not seen")
    assert "needs MIPOS_ALLOW_WRITES=1" in matrix
    assert "MIPOS_OTHER_ACCESS_TOKEN is not set6" in " ".join(tests.split()).replace(" 6", "6")
    assert ["updateWebhook 200"] == [
        item.text for item in page.named("li") if item.text.startswith("updateWebhook 2")
    ]


def test_known_deviations_are_listed() -> None:
    """An entry says what differs, why, until when, how often it was met, and where it stands."""
    text = page_of(DEVIATING).by_id("main").text

    assert "Passed: everything that was run holds, but for 1 known deviation." in text
    assert [] == [
        part
        for part in (
            "acceptOrder, status 409: the message is `Order already accepted.`",
            "The platform changed the text; asked them on 2 March.",
            "4 times",
            "2026-03-02",
            "2026-06-30",
            "deviations.yaml, line 3",
        )
        if part not in text
    ]


def test_the_facts_of_the_run_are_there() -> None:
    """Target, seed, duration, requests, limits, and what is left on the target."""
    facts = page_of(FAILING).by_id("main").text

    assert [] == [
        part
        for part in (
            "https://integrations.mipos.shop",
            "a deployment, with writes",
            "2026-03-29 01:07 UTC",
            "5 min 12 s",
            "834, 2 of them again after a broken connection",
            "7; the same seed",
            "5 requests a second, 2,000 requests at most",
            "1 webhook is, or may be, still on the target",
            "LEFT BEHIND https://mipos-contract-0123456789ab.invalid/a",
            FAILING.document_sha256,
        )
        if part not in facts
    ]


def test_an_early_end_is_told() -> None:
    """The reason stands with the verdict."""
    record = replace(PASSING, outcome="interrupted", stopped="Ctrl-C")

    assert "Stopped early: Ctrl-C" in page_of(record).by_id("main").text


@pytest.mark.parametrize("name", EVERY)
def test_links_lead_to_something(name: str) -> None:
    """Each link is to an element of the page, and no two elements have one id."""
    page = page_of(EVERY[name])
    ids = page.values("id")
    links = [element.attributes["href"] for element in page.named("a")]

    assert len(ids) == len(set(ids))
    assert [] == [link for link in links if link.removeprefix("#") not in ids]
    assert [] == [each for each in page.values("aria-labelledby") if each not in ids]


def test_a_line_that_the_document_does_not_have_is_no_link() -> None:
    """A report of another document's lines has no dead links."""
    page = parsed(html.render(FAILING, "openapi: 3.1.0\n"))

    assert {"#L1"} == {link for link in page.values("href") if link.startswith("#L")}


def test_the_document_is_there_whole() -> None:
    """The lines make up openapi.yaml, and each has its number as its anchor."""
    page = page_of(PASSING)
    lines = [each.text for each in page.named("code") if each.attributes.get("id", "")[:1] == "L"]

    assert DOCUMENT == "".join(lines)
    line = source_lines.of_answer("createWebhook") + 1
    assert "      operationId: createWebhook\n" == page.by_id(f"L{line}").text


def test_the_document_is_open_where_no_script_runs() -> None:
    """Not every browser unfolds what a link leads to; the script closes it, where there is one."""
    assert "open" in page_of(PASSING).by_id("source").attributes


def test_the_policy_allows_the_two_own_texts_alone() -> None:
    """Script and style run by their hashes; nothing else loads or runs."""
    page = page_of(HOSTILE)
    (script,), (style,) = page.named("script"), page.named("style")
    policy = page.named("meta")[1].attributes["content"].split("; ")

    def hashed(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    assert [
        "default-src 'none'",
        f"style-src 'sha256-{hashed(style.text)}'",
        f"script-src 'sha256-{hashed(script.text)}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ] == policy


def injected(page: Page) -> list[str]:
    """Return the elements that no template of this page has."""
    extra = [element.name for element in page.elements if element.name == "img"]
    return extra + [each.name for each in page.named("script")[1:] + page.named("style")[1:]]


def test_texts_of_the_target_are_texts() -> None:
    """Markup in any field is shown, not obeyed."""
    page = page_of(HOSTILE)

    assert [] == injected(page)
    assert MARKUP in page.by_id("failure-1-title").text
    assert MARKUP in page.by_id("request-1").text


def test_an_unescaped_template_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without escaping, the same check finds the elements of the markup."""
    made = html.environment

    def careless() -> Environment:
        return made().overlay(autoescape=False)

    monkeypatch.setattr(html, "environment", careless)

    assert "img" in injected(page_of(HOSTILE))


def test_what_cannot_be_seen_is_spelled_out() -> None:
    """No sign that shows nothing or turns the direction of writing gets into the page."""
    text = html.render(HOSTILE, DOCUMENT)

    assert r"\u202egnp.exe\u202c \u001b[31m \u2028 \ud800 \u0000" in text
    assert set() == {each for each in text if unicodedata.category(each) in UNSEEN} - {"\n"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain\n\ttext", "plain\n\ttext"),
        ("Ünïcödé 日本 🙂 عربي", "Ünïcödé 日本 🙂 عربي"),
        ("a\rb\x7f", r"a\rb\u007f"),
        ("\u200b\ufeff", r"\u200b\ufeff"),
        ("\U000e0041", r"\udb40\udc41"),
    ],
)
def test_only_what_shows_nothing_is_spelled_out(text: str, expected: str) -> None:
    """Letters of any script stay; signs without a shape are written as JSON writes them."""
    assert expected == visible(text)


def test_a_message_that_is_not_seen_has_its_note() -> None:
    """The reason stands beside the message."""
    row = replace(PASSING.rows[0], messages=(Message("Never.", 0, "needs a full moon"),))

    assert "needs a full moon" in page_of(replace(PASSING, rows=(row,))).named("table")[0].text
