from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.accept_order_conflict import AcceptOrderConflict
from ...models.accept_order_invalid import AcceptOrderInvalid
from ...models.accept_order_request import AcceptOrderRequest
from ...models.order_accepted import OrderAccepted
from ...types import Response


def _get_kwargs(
    *,
    body: AcceptOrderRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/integration/order/accept",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AcceptOrderConflict | AcceptOrderInvalid | OrderAccepted | str | None:
    if response.status_code == 200:
        response_200 = OrderAccepted.from_dict(response.json())

        return response_200

    if response.status_code == 401:
        response_401 = cast(str, response.json())
        return response_401

    if response.status_code == 409:
        response_409 = AcceptOrderConflict.from_dict(response.json())

        return response_409

    if response.status_code == 422:
        response_422 = AcceptOrderInvalid.from_dict(response.json())

        return response_422

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[AcceptOrderConflict | AcceptOrderInvalid | OrderAccepted | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: AcceptOrderRequest,
) -> Response[AcceptOrderConflict | AcceptOrderInvalid | OrderAccepted | str]:
    """Report that an order was stored

     To be called once the POS has stored an order that was pushed to it. The platform passes the
    acceptance on to the delivery app. The pages state no rule for accepting twice. An order that could
    not be stored is reported by a call of its own, `order/deny`, which this document does not describe.

    Args:
        body (AcceptOrderRequest): The order that was stored. Fields that are not listed are
            ignored.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AcceptOrderConflict | AcceptOrderInvalid | OrderAccepted | str]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: AcceptOrderRequest,
) -> AcceptOrderConflict | AcceptOrderInvalid | OrderAccepted | str | None:
    """Report that an order was stored

     To be called once the POS has stored an order that was pushed to it. The platform passes the
    acceptance on to the delivery app. The pages state no rule for accepting twice. An order that could
    not be stored is reported by a call of its own, `order/deny`, which this document does not describe.

    Args:
        body (AcceptOrderRequest): The order that was stored. Fields that are not listed are
            ignored.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AcceptOrderConflict | AcceptOrderInvalid | OrderAccepted | str
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: AcceptOrderRequest,
) -> Response[AcceptOrderConflict | AcceptOrderInvalid | OrderAccepted | str]:
    """Report that an order was stored

     To be called once the POS has stored an order that was pushed to it. The platform passes the
    acceptance on to the delivery app. The pages state no rule for accepting twice. An order that could
    not be stored is reported by a call of its own, `order/deny`, which this document does not describe.

    Args:
        body (AcceptOrderRequest): The order that was stored. Fields that are not listed are
            ignored.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AcceptOrderConflict | AcceptOrderInvalid | OrderAccepted | str]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: AcceptOrderRequest,
) -> AcceptOrderConflict | AcceptOrderInvalid | OrderAccepted | str | None:
    """Report that an order was stored

     To be called once the POS has stored an order that was pushed to it. The platform passes the
    acceptance on to the delivery app. The pages state no rule for accepting twice. An order that could
    not be stored is reported by a call of its own, `order/deny`, which this document does not describe.

    Args:
        body (AcceptOrderRequest): The order that was stored. Fields that are not listed are
            ignored.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AcceptOrderConflict | AcceptOrderInvalid | OrderAccepted | str
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
