from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.create_webhook_conflict import CreateWebhookConflict
from ...models.create_webhook_invalid import CreateWebhookInvalid
from ...models.create_webhook_request import CreateWebhookRequest
from ...models.webhook_created import WebhookCreated
from ...types import Response


def _get_kwargs(
    *,
    body: CreateWebhookRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/integration/webhook/create",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> CreateWebhookConflict | CreateWebhookInvalid | WebhookCreated | str | None:
    if response.status_code == 201:
        response_201 = WebhookCreated.from_dict(response.json())

        return response_201

    if response.status_code == 401:
        response_401 = cast(str, response.json())
        return response_401

    if response.status_code == 409:
        response_409 = CreateWebhookConflict.from_dict(response.json())

        return response_409

    if response.status_code == 422:
        response_422 = CreateWebhookInvalid.from_dict(response.json())

        return response_422

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[CreateWebhookConflict | CreateWebhookInvalid | WebhookCreated | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: CreateWebhookRequest,
) -> Response[CreateWebhookConflict | CreateWebhookInvalid | WebhookCreated | str]:
    """Set up a webhook

     Registers a URL of the POS. The platform sends new orders to a webhook of type `ORDER`, and asks a
    webhook of type `Menu` for the menu of a store. The answer carries no id and no secret; the other
    operations name a webhook by its URL.

    Args:
        body (CreateWebhookRequest): The webhook to set up. Fields that are not listed are
            ignored.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CreateWebhookConflict | CreateWebhookInvalid | WebhookCreated | str]
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
    body: CreateWebhookRequest,
) -> CreateWebhookConflict | CreateWebhookInvalid | WebhookCreated | str | None:
    """Set up a webhook

     Registers a URL of the POS. The platform sends new orders to a webhook of type `ORDER`, and asks a
    webhook of type `Menu` for the menu of a store. The answer carries no id and no secret; the other
    operations name a webhook by its URL.

    Args:
        body (CreateWebhookRequest): The webhook to set up. Fields that are not listed are
            ignored.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CreateWebhookConflict | CreateWebhookInvalid | WebhookCreated | str
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: CreateWebhookRequest,
) -> Response[CreateWebhookConflict | CreateWebhookInvalid | WebhookCreated | str]:
    """Set up a webhook

     Registers a URL of the POS. The platform sends new orders to a webhook of type `ORDER`, and asks a
    webhook of type `Menu` for the menu of a store. The answer carries no id and no secret; the other
    operations name a webhook by its URL.

    Args:
        body (CreateWebhookRequest): The webhook to set up. Fields that are not listed are
            ignored.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CreateWebhookConflict | CreateWebhookInvalid | WebhookCreated | str]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: CreateWebhookRequest,
) -> CreateWebhookConflict | CreateWebhookInvalid | WebhookCreated | str | None:
    """Set up a webhook

     Registers a URL of the POS. The platform sends new orders to a webhook of type `ORDER`, and asks a
    webhook of type `Menu` for the menu of a store. The answer carries no id and no secret; the other
    operations name a webhook by its URL.

    Args:
        body (CreateWebhookRequest): The webhook to set up. Fields that are not listed are
            ignored.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CreateWebhookConflict | CreateWebhookInvalid | WebhookCreated | str
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
