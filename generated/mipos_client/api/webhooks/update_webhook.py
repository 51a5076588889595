from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.update_webhook_conflict import UpdateWebhookConflict
from ...models.update_webhook_invalid import UpdateWebhookInvalid
from ...models.update_webhook_request import UpdateWebhookRequest
from ...models.webhook_updated import WebhookUpdated
from ...types import Response


def _get_kwargs(
    *,
    body: UpdateWebhookRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/integration/webhook/update",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/jsonc"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> UpdateWebhookConflict | UpdateWebhookInvalid | WebhookUpdated | str | None:
    if response.status_code == 200:
        response_200 = WebhookUpdated.from_dict(response.json())

        return response_200

    if response.status_code == 401:
        response_401 = cast(str, response.json())
        return response_401

    if response.status_code == 409:
        response_409 = UpdateWebhookConflict.from_dict(response.json())

        return response_409

    if response.status_code == 422:
        response_422 = UpdateWebhookInvalid.from_dict(response.json())

        return response_422

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[UpdateWebhookConflict | UpdateWebhookInvalid | WebhookUpdated | str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: UpdateWebhookRequest,
) -> Response[UpdateWebhookConflict | UpdateWebhookInvalid | WebhookUpdated | str]:
    """Change the URL of a webhook

     Replaces the URL of a webhook by another one. The pages document the content type
    `application/jsonc` for this operation alone; the body is ordinary JSON.

    Args:
        body (UpdateWebhookRequest): The change of a URL. Fields that are not listed are ignored.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[UpdateWebhookConflict | UpdateWebhookInvalid | WebhookUpdated | str]
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
    body: UpdateWebhookRequest,
) -> UpdateWebhookConflict | UpdateWebhookInvalid | WebhookUpdated | str | None:
    """Change the URL of a webhook

     Replaces the URL of a webhook by another one. The pages document the content type
    `application/jsonc` for this operation alone; the body is ordinary JSON.

    Args:
        body (UpdateWebhookRequest): The change of a URL. Fields that are not listed are ignored.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        UpdateWebhookConflict | UpdateWebhookInvalid | WebhookUpdated | str
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: UpdateWebhookRequest,
) -> Response[UpdateWebhookConflict | UpdateWebhookInvalid | WebhookUpdated | str]:
    """Change the URL of a webhook

     Replaces the URL of a webhook by another one. The pages document the content type
    `application/jsonc` for this operation alone; the body is ordinary JSON.

    Args:
        body (UpdateWebhookRequest): The change of a URL. Fields that are not listed are ignored.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[UpdateWebhookConflict | UpdateWebhookInvalid | WebhookUpdated | str]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: UpdateWebhookRequest,
) -> UpdateWebhookConflict | UpdateWebhookInvalid | WebhookUpdated | str | None:
    """Change the URL of a webhook

     Replaces the URL of a webhook by another one. The pages document the content type
    `application/jsonc` for this operation alone; the body is ordinary JSON.

    Args:
        body (UpdateWebhookRequest): The change of a URL. Fields that are not listed are ignored.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        UpdateWebhookConflict | UpdateWebhookInvalid | WebhookUpdated | str
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
