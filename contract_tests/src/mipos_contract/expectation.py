"""What the document lets a server answer to a call, derived from the call alone.

State is not looked at: a valid request may succeed or conflict. What the state decides is the
business of the model (`test_model`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mipos_contract import document

if TYPE_CHECKING:
    from mipos_contract.exchange import Call

# Values that no reading of the documents could refuse. Limits and patterns are assumptions, so a
# deployment may refuse a value that our schema allows; it has no reason to refuse one of these.
_PLAIN_URL = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._-]+)*(\?[A-Za-z0-9=_-]+)?")
_PLAIN_ID = re.compile(r"[0-9]+")
_PLAIN_EXTERNAL_ID = re.compile(r"[A-Za-z0-9-]+")
_PLAIN_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Expectation:
    """What may come back.

    Attributes:
        statuses: the statuses that the document allows for this call.
        absent: fields that a 422 must name, because they are required and not there.
        doubtful: fields that a 422 may name as well; on the mock it must.
        why: the rule, as a reader of the document would put it.
    """

    statuses: frozenset[int]
    absent: tuple[str, ...]
    doubtful: tuple[str, ...]
    why: str


def expect(call: Call, *, assumptions: bool) -> Expectation:
    """Return what the document lets a server answer to the call.

    Args:
        call: the request.
        assumptions: whether what rests on an `x-assumption` is demanded (of the mock alone).
    """
    if call.credentials.valid:
        return _expect_with_token(call, assumptions=assumptions)
    why = "a request without a valid token"
    otherwise = _expect_with_token(call, assumptions=assumptions)
    if assumptions or 422 not in otherwise.statuses:
        return Expectation(frozenset({401}), (), (), why)
    # No page says whether the token or the fields are looked at first.
    return replace(otherwise, statuses=frozenset({401, 422}), why=f"{why}; {otherwise.why}")


def _expect_with_token(call: Call, *, assumptions: bool) -> Expectation:
    operation = call.operation
    if operation.content_type is None:
        return Expectation(frozenset({operation.success, 409}), (), (), "a request with a token")
    fields = _read(call)
    if fields is None:
        why = "a body that is not a JSON object: it counts as an empty one"
        if assumptions:
            return Expectation(frozenset({422}), operation.required, (), why)
        return _anything(call, tuple(operation.body), "a body that is not a JSON object")
    return _expect_of_fields(call, fields, assumptions=assumptions)


def _expect_of_fields(call: Call, fields: dict[str, object], *, assumptions: bool) -> Expectation:
    operation = call.operation
    absent = tuple(name for name in operation.required if name not in fields)
    is_good = _matches if assumptions else _is_plain
    doubtful = tuple(
        name for name in operation.body if name in fields and not is_good(call, name, fields[name])
    )
    if absent:
        why = f"a request that lacks required fields: {', '.join(absent)}"
        return Expectation(frozenset({422}), absent, doubtful, why)
    if doubtful and assumptions:
        why = f"a request whose fields are not valid: {', '.join(doubtful)}"
        return Expectation(frozenset({422}), (), doubtful, why)
    if doubtful:
        why = f"a request whose fields are not shown to be valid: {', '.join(doubtful)}"
        return _anything(call, doubtful, why)
    if not assumptions and fields.keys() - operation.body.keys():
        why = "a request with fields that no document names"
        return _anything(call, tuple(operation.body), why)
    why = "a valid request: success, or a conflict with the state"
    return Expectation(frozenset({operation.success, 409}), (), (), why)


def _read(call: Call) -> dict[str, object] | None:
    # The type is taken loosely: the framework that the texts point to reads any JSON type.
    kind = (call.content_type or "").lower()
    return call.fields if "/json" in kind or "+json" in kind else None


def _matches(call: Call, name: str, value: object) -> bool:
    try:
        return document.field_validator(call.operation.id, name).is_valid(value)
    except ValueError:
        # A lone surrogate or a bottomless nesting, which no text or id can be.
        return False


def _is_plain(call: Call, name: str, value: object) -> bool:
    if name == "type":
        return _matches(call, name, value)
    pattern = _PLAIN_URL if "url" in name else _PLAIN_ID
    if name == "order_external_id":
        pattern = _PLAIN_EXTERNAL_ID
    plain = isinstance(value, str) and len(value) <= _PLAIN_LENGTH
    return plain and bool(pattern.fullmatch(str(value)))


def _anything(call: Call, doubtful: tuple[str, ...], why: str) -> Expectation:
    return Expectation(frozenset(call.operation.responses), (), doubtful, why)
