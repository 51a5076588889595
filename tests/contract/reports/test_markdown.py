"""The summary, read by a Markdown parser."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from mipos_contract.record import Message, NotVerified
from mipos_contract.reports import markdown
from tests.contract.reports.examples import (
    DEVIATING,
    DEVIATIONS,
    EVERY,
    FAILING,
    FAILURES,
    HOSTILE,
    HUGE,
    MARKUP,
    PASSING,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

# What a step of GitHub Actions may add to its summary.
MAX_BYTES = 1024 * 1024


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text, those within lines included."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

    def flat(found: list[Token]) -> Iterator[Token]:
        for token in found:
            yield token
            yield from flat(token.children or [])

    return list(flat(parser.parse(text)))


def obeyed(text: str) -> list[str]:
    """Return the kinds of tokens that only a text of the target can have brought in."""
    wanted = {"html_block", "html_inline", "link_open", "image", "em_open", "s_open"}
    return [token.type for token in tokens(text) if token.type in wanted]


def titles(text: str) -> list[str]:
    """Return the headings."""
    found = tokens(text)
    return [
        "".join(child.content for child in found[at + 1].children or [])
        for at, token in enumerate(found)
        if token.type == "heading_open"
    ]


def test_a_passing_run_is_short() -> None:
    """The verdict, and the table of answers."""
    assert ["Passed: everything that was run holds.", "Answers seen"] == titles(
        markdown.render(PASSING)
    )


def test_a_failing_run_has_its_sections_in_order() -> None:
    """Failures come first, and each has a heading."""
    assert [
        "4 things do not hold.",
        "What does not hold",
        "1. createWebhook: the status 200 does not fit this request.",
        "2. listWebhooks: https://mipos-contract-0123456789ab.invalid/a is missing.",
        "3. acceptOrder: no answer that can be read: ReadTimeout.",
        "Answers seen",
        "Known deviations",
        "What was not verified",
        "Cleaning up",
    ] == titles(markdown.render(FAILING))


def test_a_failure_has_what_repeats_it() -> None:
    """The answer, the line of the document, the test, and the curl line as a block of shell."""
    text = markdown.render(FAILING)
    blocks = [token for token in tokens(text) if token.type == "fence"]

    assert [("sh", f"{FAILURES[0].request}\n"), ("sh", f"{FAILURES[1].request}\n")] == [
        (block.info, block.content) for block in blocks[:2]
    ]
    assert ("text", f"{FAILURES[2].detail}\n") == (blocks[2].info, blocks[2].content)
    assert f"`{FAILURES[0].seen}`" in text
    assert f"(`openapi.yaml`, line {FAILURES[0].line})" in text
    assert "`test_webhooks.py::test_a_new_webhook_is_created` and 2 more" in text


def test_the_facts_of_the_run_are_in_one_line() -> None:
    """Target, time, duration, requests and seed."""
    assert (
        "`https://integrations.mipos.shop` (a deployment, with writes), 2026-03-29 01:07 UTC, "
        "5 min 12 s, 834 requests, seed 7\n" in markdown.render(FAILING)
    )


def test_deviations_and_what_was_not_verified_are_listed() -> None:
    """Each with its reason."""
    text = markdown.render(DEVIATING)

    assert "The platform changed the text; asked them on 2 March." in text
    assert "Met 4 times" in text
    assert r"- 6 tests: MIPOS\_OTHER\_ACCESS\_TOKEN is not set" in text
    assert "- createWebhook 409 `User not found.`: nothing in this run brought it about" in text


def test_only_so_many_failures_are_shown() -> None:
    """The rest is counted, with a word on where they are."""
    text = markdown.render(HUGE)

    assert markdown.MAX_ENTRIES == sum(title[:1].isdigit() for title in titles(text)) - 1
    assert "\nAnd 1 more, listed in `contract.html`.\n" in text
    assert "- and 1 more reasons, listed in `contract.html`\n" in text


@pytest.mark.parametrize("count", [markdown.MAX_ENTRIES, 1])
def test_nothing_is_said_to_be_left_out_where_nothing_is(count: int) -> None:
    """A list of just the length has no last line about more."""
    record = replace(FAILING, failures=FAILURES[:1] * count)

    assert "more, listed" not in markdown.render(record)


@pytest.mark.parametrize("character", ["🙂", "`", "\x1b"])
def test_the_summary_is_below_the_limit(character: str) -> None:
    """Neither long texts nor long lists make it larger than a step may write."""
    long = character * 3000
    failure = replace(FAILURES[0], headline=long, says=long, seen=long, request=long, detail=long)
    deviation = replace(
        DEVIATIONS[1], differs=long, reason=long, since=long, expires=long, file=long, problem=long
    )
    unseen = Message(long, 0, long)
    record = replace(
        FAILING,
        stopped=long,
        rows=tuple(replace(row, messages=(unseen,) * 9) for row in FAILING.rows),
        failures=(replace(failure, tests=(long,)),) * 50,
        deviations=(deviation,) * 50,
        not_verified=(NotVerified(long, 1),) * 50,
        cleanup=(long,) * 50,
    )

    assert len(markdown.render(record).encode()) < MAX_BYTES


def test_texts_of_the_target_are_texts() -> None:
    """Markup, links and emphasis in any field are shown, not obeyed."""
    text = markdown.render(HOSTILE)

    assert [] == obeyed(text)
    assert titles(text)[2].startswith(f"1. {MARKUP}")


def test_unescaped_texts_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without escaping, the same check finds markup and a link."""
    monkeypatch.setattr(markdown, "_SPECIAL", re.compile("(?!)"))

    assert {"html_inline", "link_open"} <= set(obeyed(markdown.render(HOSTILE)))


@pytest.mark.parametrize("name", EVERY)
def test_the_table_is_whole(name: str) -> None:
    """Each row has its four cells, whatever the texts in it are."""
    found = [token.type for token in tokens(markdown.render(EVERY[name]))]

    assert len(EVERY[name].rows) + 1 == found.count("tr_open")
    assert 4 * len(EVERY[name].rows) == found.count("td_open")


def test_backticks_do_not_end_a_block() -> None:
    """The fence is longer than any run of backticks in the text."""
    record = replace(FAILING, failures=(replace(FAILURES[0], request="curl '\n```\n# x'"),))
    blocks = [each.content for each in tokens(markdown.render(record)) if each.type == "fence"]

    assert ["curl '\n```\n# x'\n"] == blocks
