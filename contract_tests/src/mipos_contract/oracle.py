"""Hold an answer against the document, and say what is wrong in words that lead to the defect."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mipos_contract import document, rules
from mipos_contract.expectation import Expectation, expect
from mipos_contract.violation import ContractError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mipos_contract.exchange import Answer, Exchange


_MAX_URLS = 3


def check(
    exchange: Exchange, *, assumptions: bool, tolerate: Callable[[ContractError], bool]
) -> None:
    """Check everything that one answer alone can show.

    Args:
        exchange: the call and its answer.
        assumptions: whether what rests on an `x-assumption` is demanded (of the mock alone).
        tolerate: whether a violation is put up with.

    Raises:
        ContractError: the answer is not one that the document allows for this call.
    """
    try:
        check_transport(exchange)
        if exchange.call.method not in {"", exchange.call.operation.method}:
            _check_refused_method(exchange)
            return
        expectation = expect(exchange.call, assumptions=assumptions)
        check_status(exchange, expectation)
        try:
            check_content_type(exchange)
        except ContractError as violation:
            # The body can be read all the same.
            if not tolerate(violation):
                raise
        check_body(exchange, assumptions=assumptions)
        if exchange.answer.status == 422:
            _check_validation_fields(exchange, expectation, assumptions=assumptions)
        if exchange.answer.status == 409 and assumptions:
            _check_one_message(exchange)
    except ContractError as violation:
        if not tolerate(violation):
            raise


def expect_success(exchange: Exchange, why: str) -> None:
    """Check that a call succeeded, where the state leaves it no choice.

    Raises:
        ContractError: it did not.
    """
    success = exchange.call.operation.success
    if not exchange.succeeded:
        raise ContractError(
            "no-success",
            f"{exchange.answer.status} although {why}.",
            f"{success}, since {why}.",
            exchange,
        )


def expect_conflict(exchange: Exchange, why: str, *messages: str) -> None:
    """Check that a call met a conflict that one of the messages explains.

    Raises:
        ContractError: it succeeded, or the 409 lacks the message.
    """
    if exchange.deviates and not exchange.succeeded:
        return
    says = f"409 with {' or '.join(map(repr, messages))}, since {why}."
    if exchange.answer.status != 409:
        raise ContractError(
            "missing-conflict", f"{exchange.answer.status} although {why}.", says, exchange
        )
    if not set(messages) & set(exchange.value["message"]):
        raise ContractError("other-conflict", f"another message although {why}.", says, exchange)


def difference(listed: Iterable[str], expected: Iterable[str]) -> str:
    """Return what a list lacks and what it has too much, the first ones by name; empty if none."""
    has, wanted = Counter(listed), Counter(expected)
    parts = (("lacks", wanted - has), ("has too much", has - wanted))
    return " and ".join(f"{what} {_first(urls)}" for what, urls in parts if urls)


def _first(urls: Counter[str]) -> str:
    shown = [url if count == 1 else f"{url} ({count} times)" for url, count in urls.items()]
    left = len(shown) - _MAX_URLS
    return ", ".join(shown[:_MAX_URLS]) + (f" and {left} more" if left > 0 else "")


def check_transport(exchange: Exchange) -> None:
    """Refuse a server error or an HTML page, which no call may cause.

    Raises:
        ContractError: it is one.
    """
    answer = exchange.answer
    if answer.status >= 500:
        documented = _listed(exchange.call.operation.responses)
        says = f"answers {documented}."
        raise ContractError("server-error", f"a server error, {answer.status}.", says, exchange)
    if answer.media_type == "text/html" or answer.body.lstrip()[:1] == b"<":
        what = "an HTML page" if answer.body.lstrip()[:1] == b"<" else "an answer sent as HTML"
        says = "every answer is JSON."
        raise ContractError("html-page", f"{what}, {answer.status}.", says, exchange)


def check_status(exchange: Exchange, expectation: Expectation) -> None:
    """Check that the status is one that the document allows for this call.

    Raises:
        ContractError: it is not.
    """
    status = exchange.answer.status
    documented = exchange.call.operation.responses
    if status not in documented:
        raise ContractError(
            "undocumented-status",
            f"the status {status} is not documented.",
            f"answers {_listed(documented)}.",
            exchange,
        )
    if status not in expectation.statuses:
        raise ContractError(
            "unfitting-status",
            f"{status} for {expectation.why.partition(':')[0]}.",
            f"{_listed(expectation.statuses)} for {expectation.why}{_sent_as(exchange)}.",
            exchange,
        )


def check_content_type(exchange: Exchange) -> None:
    """Check that the answer says that it is JSON.

    Raises:
        ContractError: it says something else, or nothing.
    """
    answer = exchange.answer
    if answer.media_type != "application/json":
        source = f"{answer.status}, {exchange.call.operation.responses[answer.status].source}"
        raise ContractError(
            "content-type",
            f"the content type is {answer.media_type or 'missing'}.",
            f"application/json ({source}).",
            exchange,
        )


def check_body(exchange: Exchange, *, assumptions: bool) -> None:
    """Check shape and messages against the documented answer of this status.

    Raises:
        ContractError: one of them differs.
    """
    answer, operation = exchange.answer, exchange.call.operation
    response = operation.responses[answer.status]
    source = f"{answer.status}, {response.source}"
    try:
        value = exchange.value
    except ValueError as error:
        raise ContractError(
            "invalid-json",
            f"the body is {_unreadable(answer, error)}.",
            f"JSON ({source}).",
            exchange,
        ) from None
    checker = document.validator(operation.id, answer.status, assumptions=assumptions)
    try:
        defects = list(checker.iter_errors(value))
    except ValueError as error:
        # A lone surrogate, or a nesting that no documented body has.
        raise ContractError(
            "invalid-json", f"the body is not usable: {error}.", f"JSON ({source}).", exchange
        ) from None
    for defect in defects:
        place = "/".join(map(str, defect.instance_path)) or "the body"
        raise ContractError(
            "body-shape",
            f"the body has another shape: {place}: {defect.message}.",
            f"{response.description} ({source})",
            exchange,
        )
    # What a 422 says of a field that is present rests on assumptions.
    if answer.status != 422 or assumptions:
        for text, known in document.uncatalogued(response.schema, value):
            raise ContractError(
                "undocumented-message",
                f"the message {text!r} is not documented.",
                f"{_listed(map(repr, known))} ({source}).",
                exchange,
            )


def _check_one_message(exchange: Exchange) -> None:
    if len(exchange.value["message"]) != 1:
        says = "one message, the one that applied (assumption)."
        raise ContractError("several-messages", "409 with several messages.", says, exchange)


def _check_refused_method(exchange: Exchange) -> None:
    answer, method = exchange.answer, exchange.call.operation.method
    says = (
        f"405 with {method} in `Allow`, since {method} is the one documented method (assumption)."
    )
    allowed = {part.strip() for part in answer.headers.get("allow", "").split(",")}
    if answer.status != 405 or method not in allowed:
        raise ContractError("method-not-refused", "another method is not refused.", says, exchange)


def _check_validation_fields(
    exchange: Exchange, expectation: Expectation, *, assumptions: bool
) -> None:
    value: dict[str, list[str]] = exchange.value
    named = set(value)
    least = set(expectation.absent) | (set(expectation.doubtful) if assumptions else set[str]())
    most = set(expectation.absent) | set(expectation.doubtful)
    why = f"422 names exactly the fields that failed, for {expectation.why}."
    if missing := sorted(least - named):
        raise ContractError(
            "validation-field-missing", f"the 422 lacks {_listed(missing)}.", why, exchange
        )
    if additional := sorted(named - most):
        raise ContractError(
            "validation-field-added",
            f"the 422 names {_listed(additional)}, which did not fail.",
            why,
            exchange,
        )
    response = exchange.call.operation.responses[422]
    fields = exchange.call.fields or {}
    for name in named if assumptions else expectation.absent:
        message = rules.message(name, fields.get(name), absent=name in expectation.absent)
        if value[name] != [message]:
            raise ContractError(
                "validation-message",
                f"the message for {name} differs.",
                f"[{message!r}] (422, {response.source}).",
                exchange,
            )


def _unreadable(answer: Answer, error: ValueError) -> str:
    body = answer.body
    if not body.strip():
        return "empty"
    if body[:2] == b"\x1f\x8b":
        return "gzip, and no Content-Encoding says so"
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "UTF-16, not UTF-8"
    return f"not JSON: {error}"


def _sent_as(exchange: Exchange) -> str:
    """Return a word on the content type of the request, where it is one that a server may miss."""
    call = exchange.call
    if call.body is None or call.content_type == "application/json":
        return ""
    documented = " as documented" if call.content_type == call.operation.content_type else ""
    return f" (sent as {call.content_type}{documented})"


def _listed(values: Iterable[object]) -> str:
    return ", ".join(str(value) for value in values)
