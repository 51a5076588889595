"""Defects of the client, and the suite with one: `python -m tests.contract.client_faults NAME`.

What follows the name goes to `mipos-contract`. A fault changes the client in its own process,
before the suite is loaded; its docstring says what is wrong.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final, cast

import httpx

from mipos_client import (
    AuthenticationError,
    ConflictError,
    ResponseError,
    UnexpectedStatusError,
    ValidationError,
)
from mipos_client._runtime import clients
from mipos_client._runtime.asynchronous import AsyncClient
from mipos_client._runtime.clients import BaseClient
from mipos_client._runtime.errors import FieldsError
from mipos_client._runtime.operations import Operation
from mipos_client._runtime.retries import Schedule
from mipos_client._runtime.sync import SyncClient
from mipos_client._runtime.transports import AsyncRetryTransport, RetryTransport
from mipos_client.api.webhooks.create_webhook import CREATE_WEBHOOK
from mipos_client.api.webhooks.update_webhook import UPDATE_WEBHOOK

if TYPE_CHECKING:
    from collections.abc import Callable

CONFLICT: Final = 409
CLIENT_FAULTS: dict[str, Callable[[], None]] = {}


def fault(plant: Callable[[], None]) -> Callable[[], None]:
    """Register a fault under the name of the function that plants it."""
    CLIENT_FAULTS[plant.__name__] = plant
    return plant


def replace(owner: object, name: str, change: Callable[[Any], Any]) -> None:
    """Put in place of an attribute what is made of it."""
    setattr(owner, name, change(getattr(owner, name)))


def on_value(change: Callable[[Any], Any]) -> None:
    """Change what successes return."""

    def changed(sound: Callable[..., Any]) -> Callable[..., Any]:
        def value(*given: object) -> object:
            return change(sound(*given))

        return value

    replace(Operation, "value", changed)


def on_list(change: Callable[[list[Any]], object]) -> None:
    """Change what lists return."""
    on_value(
        lambda value: change(cast("list[object]", value)) if isinstance(value, list) else value
    )


def on_error(kind: type[ResponseError], change: Callable[[Any], Exception]) -> None:
    """Change what is raised in place of an error."""

    def changed(sound: Callable[..., Any]) -> Callable[..., Any]:
        def value(*given: object) -> object:
            try:
                return sound(*given)
            except kind as error:
                raise change(error) from None

        return value

    replace(Operation, "value", changed)


def on_body(change: Callable[[bytes], bytes]) -> None:
    """Change the bodies that are sent."""

    def changed(sound: Callable[..., bytes]) -> Callable[..., bytes]:
        def encoded(body: object) -> bytes:
            return change(sound(body))

        return encoded

    replace(clients, "encoded", changed)


def on_request(change: Callable[[httpx.Request], None]) -> None:
    """Change the requests that are sent."""

    def changed(sound: Callable[..., Any]) -> Callable[..., Any]:
        def request(*given: object) -> httpx.Request:
            made: httpx.Request = sound(*given)
            change(made)
            return made

        return request

    replace(BaseClient, "_request", changed)


def on_property(owner: type, name: str, change: Callable[[Any], Any]) -> None:
    """Change what a property says."""
    replace(owner, name, lambda sound: property(lambda error: change(sound.fget(error))))


@fault
def conflicts_are_validation_errors() -> None:
    """A 409 raises the error of a 422."""
    on_error(ConflictError, lambda error: ValidationError(*error.args))


@fault
def refused_tokens_are_conflicts() -> None:
    """A 401 raises the error of a 409."""
    on_error(AuthenticationError, lambda error: ConflictError(*error.args))


@fault
def failed_fields_are_unexpected() -> None:
    """A 422 raises the error of a status that no operation documents."""
    on_error(ValidationError, lambda error: UnexpectedStatusError(*error.args))


@fault
def conflicts_have_a_class_below() -> None:
    """A 409 raises a class of its own, which passes for the right one."""

    class UserError(ConflictError):
        pass

    on_error(ConflictError, lambda error: UserError(*error.args))


@fault
def refused_tokens_are_key_errors() -> None:
    """A 401 raises what is no error of the client."""
    on_error(AuthenticationError, lambda error: KeyError(str(error)))


@fault
def conflicts_are_returned() -> None:
    """A 409 is returned, as a client did that raised nothing."""

    def changed(sound: Callable[..., Any]) -> Callable[..., Any]:
        def value(*given: object) -> object:
            try:
                return sound(*given)
            except ConflictError as error:
                return error.messages

        return value

    replace(Operation, "value", changed)


@fault
def a_message_is_lost() -> None:
    """The last message of an answer is not among those of the error."""
    on_property(ResponseError, "messages", lambda texts: texts[:-1])


@fault
def messages_are_tidied() -> None:
    """A message loses its full stop."""
    on_property(ResponseError, "messages", lambda texts: [text.rstrip(".") for text in texts])


@fault
def a_field_is_lost() -> None:
    """The first field that failed is not among those of the error."""
    on_property(FieldsError, "errors", lambda found: dict(list(found.items())[1:]))


@fault
def an_error_has_no_body() -> None:
    """The body of the answer does not come with the error."""

    def change(error: ConflictError) -> ConflictError:
        error.body = b""
        return error

    on_error(ConflictError, change)


@fault
def an_error_tells_the_token() -> None:
    """The header that carried the token comes with the error."""

    def change(error: AuthenticationError) -> AuthenticationError:
        error.add_note("sent: Bearer mipos-contract-unknown")
        return error

    on_error(AuthenticationError, change)


@fault
def successes_raise() -> None:
    """A 201 is taken for an error, since it is no 200."""

    def changed(sound: Callable[..., Any]) -> Callable[..., Any]:
        def value(*given: Any) -> object:  # noqa: ANN401 - what the method takes
            operation, _, response, _ = given
            if response.status_code == httpx.codes.CREATED:
                operation = Operation(
                    name=operation.name,
                    method=operation.method,
                    path=operation.path,
                    statuses=frozenset({200}),
                    returns=object,
                    errors={},
                )
            return sound(operation, *given[1:])

        return value

    replace(Operation, "value", changed)


@fault
def a_webhook_is_lost() -> None:
    """The last webhook of a list is not returned."""
    on_list(lambda listed: listed[:-1])


@fault
def webhooks_are_texts() -> None:
    """A list has the URLs in place of webhooks."""
    on_list(lambda listed: [each.url for each in listed])


@fault
def a_message_becomes_a_list() -> None:
    """The text of a success is wrapped up, as that of an acceptance is."""

    def change(value: Any) -> Any:  # noqa: ANN401 - what an operation returns
        if isinstance(getattr(value, "message", None), str):
            value.message = [value.message]
        return value

    on_value(change)


@fault
def successes_are_true() -> None:
    """A success without a list returns nothing but that."""
    on_value(lambda value: cast("object", value) if isinstance(value, list) else True)


@fault
def fields_are_in_camel_case() -> None:
    """The fields of an update have the names that other languages give them."""
    on_body(lambda body: body.replace(b'"new_url"', b'"newUrl"'))


@fault
def the_type_is_not_sent() -> None:
    """A webhook for the menu is created without its type."""
    on_body(lambda body: body.replace(b',"type":"Menu"', b""))


@fault
def a_field_is_added() -> None:
    """The name of the client is sent along with the fields."""
    on_body(lambda body: body[:-1] + b',"client":"python"}')


@fault
def update_says_json() -> None:
    """An update is sent with the content type of the other operations."""
    UPDATE_WEBHOOK.headers["Content-Type"] = "application/json"


@fault
def the_list_says_json() -> None:
    """A request without a body has a content type."""

    def change(request: httpx.Request) -> None:
        request.headers.setdefault("Content-Type", "application/json")

    on_request(change)


@fault
def html_is_accepted() -> None:
    """The client says that it takes any answer."""

    def change(request: httpx.Request) -> None:
        request.headers["Accept"] = "*/*"

    on_request(change)


@fault
def the_scheme_is_in_lower_case() -> None:
    """The token is sent behind `bearer`."""

    def change(request: httpx.Request) -> None:
        request.headers["Authorization"] = request.headers["Authorization"].lower()

    on_request(change)


@fault
def the_token_is_in_the_query() -> None:
    """The token is sent in the address, which logs keep."""

    def change(request: httpx.Request) -> None:
        request.url = request.url.copy_merge_params({"access_token": "mock-token-alpha"})

    on_request(change)


@fault
def create_ends_in_a_slash() -> None:
    """The path of an operation differs in its last character."""
    CREATE_WEBHOOK.path += "/"


@fault
def conflicts_are_sent_again() -> None:
    """A 409 is taken for something that passes."""

    def changed(sound: Callable[..., Any]) -> Callable[..., Any]:
        def after_answer(self: Schedule, status: int, headers: Any, *, broken: bool) -> Any:  # noqa: ANN401 - as the method
            return sound(self, 429 if status == CONFLICT else status, headers, broken=broken)

        return after_answer

    replace(Schedule, "after_answer", changed)


@fault
def everything_is_sent_twice() -> None:
    """The sync client asks again, to be sure."""

    def changed(sound: Callable[..., Any]) -> Callable[..., Any]:
        def handle_request(self: RetryTransport, request: httpx.Request) -> httpx.Response:
            sound(self, request)
            again: httpx.Response = sound(self, request)
            return again

        return handle_request

    replace(RetryTransport, "handle_request", changed)


@fault
def everything_is_sent_twice_when_awaited() -> None:
    """The other client does the same."""

    def changed(sound: Callable[..., Any]) -> Callable[..., Any]:
        async def handle_async_request(
            self: AsyncRetryTransport, request: httpx.Request
        ) -> httpx.Response:
            await sound(self, request)
            again: httpx.Response = await sound(self, request)
            return again

        return handle_async_request

    replace(AsyncRetryTransport, "handle_async_request", changed)


@fault
def lists_are_remembered() -> None:
    """The sync client answers a second list from memory, and sends nothing."""
    known: dict[int, object] = {}

    def changed(sound: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: SyncClient, operation: Operation[Any], body: Any = None) -> object:  # noqa: ANN401 - as the method
            if body is not None:
                answer: object = sound(self, operation, body)
                return answer
            if id(self) not in known:
                known[id(self)] = sound(self, operation)
            return known[id(self)]

        return call

    replace(SyncClient, "call", changed)


@fault
def nothing_is_returned_when_awaited() -> None:
    """The client that is awaited forgets to return its value."""

    def changed(sound: Callable[..., Any]) -> Callable[..., Any]:
        async def call(*given: object) -> None:
            await sound(*given)

        return call

    replace(AsyncClient, "call", changed)


def main(name: str, *arguments: str) -> int:
    """Run the suite with a fault in the client."""
    from mipos_contract.cli import main as run  # noqa: PLC0415 - after the fault is planted

    CLIENT_FAULTS[name]()
    sys.argv[1:] = arguments
    return run()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
