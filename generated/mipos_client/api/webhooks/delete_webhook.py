from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.delete_webhook_conflict import DeleteWebhookConflict
from ...models.delete_webhook_invalid import DeleteWebhookInvalid
from ...models.delete_webhook_request import DeleteWebhookRequest
from ...models.webhook_deleted import WebhookDeleted
from ...types import Response


def _get_kwargs(
    *,
    body: DeleteWebhookRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/integration/webhook/delete",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> DeleteWebhookConflict | DeleteWebhookInvalid | WebhookDeleted | str | None:
    if response.status_code == 200:
        response_200 = WebhookDeleted.from_dict(response.json())

        return response_200

    if response.status_code == 401:
        response_401 = cast(str, response.json())
        return response_401

    if response.status_code == 409:
        response_409 = DeleteWebhookConflict.from_dict(response.json())

        return response_409

    if response.status_code == 422:
        response_422 = DeleteWebhookInvalid.from_dict(response.json())

        return response_422

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[DeleteWebhookConflict | DeleteWebhookInvalid | WebhookDeleted | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: DeleteWebhookRequest,
) -> Response[DeleteWebhookConflict | DeleteWebhookInvalid | WebhookDeleted | str]:
    """Delete a webhook

     Removes the webhook with this URL.

    Args:
        body (DeleteWebhookRequest): The webhook to remove. Fields that are not listed are
            ignored.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DeleteWebhookConflict | DeleteWebhookInvalid | WebhookDeleted | str]
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
    body: DeleteWebhookRequest,
) -> DeleteWebhookConflict | DeleteWebhookInvalid | WebhookDeleted | str | None:
    """Delete a webhook

     Removes the webhook with this URL.

    Args:
        body (DeleteWebhookRequest): The webhook to remove. Fields that are not listed are
            ignored.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DeleteWebhookConflict | DeleteWebhookInvalid | WebhookDeleted | str
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: DeleteWebhookRequest,
) -> Response[DeleteWebhookConflict | DeleteWebhookInvalid | WebhookDeleted | str]:
    """Delete a webhook

     Removes the webhook with this URL.

    Args:
        body (DeleteWebhookRequest): The webhook to remove. Fields that are not listed are
            ignored.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DeleteWebhookConflict | DeleteWebhookInvalid | WebhookDeleted | str]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: DeleteWebhookRequest,
) -> DeleteWebhookConflict | DeleteWebhookInvalid | WebhookDeleted | str | None:
    """Delete a webhook

     Removes the webhook with this URL.

    Args:
        body (DeleteWebhookRequest): The webhook to remove. Fields that are not listed are
            ignored.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DeleteWebhookConflict | DeleteWebhookInvalid | WebhookDeleted | str
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
