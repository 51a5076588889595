"""What both clients, sync and async, and their copies have in common."""

from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, ClassVar, Final, Generic, NoReturn, Self, TypeVar

import httpx
from attrs import AttrsInstance, evolve, field, frozen

from .addresses import checked_base_url
from .errors import ConfigurationError, TimeoutError, TransportError
from .operations import Operation, encoded
from .requests import sent_request
from .retries import DEFAULT_RETRIES, NOTHING_SENT, Retries, chain
from .tokens import Token
from .transports import RETRIES, Attempt, Hook

DEFAULT_TIMEOUT: Final = httpx.Timeout(30.0, connect=5.0)
"""Seconds: 5 to connect; 30 for a connection of the pool, and for each read and write."""
# As many idle connections as there may be at all: httpcore closes those beyond the limit, and may
# take one that a thread has been given and is about to use.
LIMITS: Final = httpx.Limits(max_connections=100, max_keepalive_connections=100)

Http = TypeVar("Http", httpx.Client, httpx.AsyncClient)


@frozen
class Options:
    """What holds for the calls of one client.

    Attributes:
        token: The access token.
        base_url: Where the platform is, without a slash at the end.
        timeout: Seconds by kind, as httpx takes them.
        retries: How calls are repeated.
        urls: The URL of each operation used so far, since parsing one takes a while.
    """

    token: Token
    base_url: str
    timeout: dict[str, float | None]
    retries: Retries
    urls: dict[str, httpx.URL] = field(factory=dict[str, httpx.URL])


class BaseClient(Generic[Http]):
    """Options, and connections that copies share."""

    _user_agent: ClassVar[str]
    _http: Http
    _options: Options
    _owned: bool

    def with_options(
        self,
        *,
        timeout: float | httpx.Timeout | None = None,
        retries: int | Retries | None = None,
    ) -> Self:
        """Return a client with other options, which shares the connections of this one.

        This client stays as it is. The other one is good for a single call, as in
        `mipos.with_options(timeout=5).webhooks.list()`, or for many; closing it closes nothing.

        Args:
            timeout: Seconds, for connecting, each read, each write and a connection of the pool
                alike, or an `httpx.Timeout` with one value each. None leaves it as it is.
            retries: How often a call is repeated, or `Retries` with all there is to say about it.
                None leaves it as it is.

        Raises:
            ConfigurationError: A value is not usable.
        """
        options = self._options
        if timeout is not None:
            options = evolve(options, timeout=checked_timeout(timeout))
        if retries is not None:
            options = evolve(options, retries=checked_retries(retries))
        other = object.__new__(type(self))
        vars(other).update(vars(self), _options=options, _owned=False)
        return other

    def _request(self, operation: Operation[Any], body: AttrsInstance | None) -> httpx.Request:
        if self._http.is_closed:
            raise ConfigurationError("the client is closed; make another one")
        options = self._options
        url = options.urls.get(operation.path)
        if url is None:
            url = options.urls[operation.path] = httpx.URL(options.base_url + operation.path)
        return self._http.build_request(
            operation.method,
            url,
            content=None if body is None else _content(operation, body),
            headers={**operation.headers, "Authorization": f"Bearer {options.token.reveal()}"},
            extensions={"timeout": options.timeout, RETRIES: options.retries},
        )

    def _failure(
        self, operation: Operation[Any], request: httpx.Request, error: httpx.TransportError
    ) -> TransportError:
        kind = TimeoutError if isinstance(error, httpx.TimeoutException) else TransportError
        text = self._options.token.hide_in(str(error)) or type(error).__name__
        if isinstance(error, NOTHING_SENT):
            text = f"nothing was sent ({text})"
        # It becomes the cause of ours, and its request carries the token.
        for each in chain(error):
            if isinstance(each, httpx.RequestError):
                each.request = httpx.Request(request.method, request.url)
        failure = kind(operation.name, sent_request(request), text)
        token = self._options.token
        # A cause that repeats the token, since a hostile answer did, would show it in a traceback.
        if all(token.hide_in(str(each)) == str(each) for each in chain(error)):
            failure.__cause__ = error
        return failure

    def __repr__(self) -> str:
        """Return the class and the address; the token stays hidden."""
        return f"{type(self).__name__}({self._options.token}, base_url={self._options.base_url!r})"

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled or copied, which would write the token down.

        Raises:
            TypeError: Always.
        """
        raise TypeError(
            f"{type(self).__name__} holds a token and connections and is neither pickled nor "
            "copied; make one in each process, and use with_options for other options"
        )


def _content(operation: Operation[Any], body: AttrsInstance) -> bytes:
    try:
        return encoded(body)
    except (UnicodeEncodeError, TypeError) as error:
        raise ConfigurationError(f"{operation.name}: an argument is no JSON: {error}") from None


def checked_options(
    token: str,
    base_url: str,
    timeout: float | httpx.Timeout | None,
    retries: int | Retries,
    http_client: httpx.Client | httpx.AsyncClient | None,
) -> Options:
    """Return the options of a new client.

    Raises:
        ConfigurationError: One of them is not usable.
    """
    if timeout is None:
        timeout = DEFAULT_TIMEOUT if http_client is None else http_client.timeout
    return Options(
        Token(token),
        checked_base_url(base_url),
        checked_timeout(timeout),
        checked_retries(retries),
    )


def checked_timeout(timeout: float | httpx.Timeout) -> dict[str, float | None]:
    """Return a time-out as httpx takes it.

    Raises:
        ConfigurationError: It is no time-out, or a value is not more than 0.
    """
    if isinstance(timeout, bool) or not isinstance(timeout, int | float | httpx.Timeout):  # pyright: ignore[reportUnnecessaryIsInstance]  callers without a type checker
        raise ConfigurationError(f"timeout is {timeout!r}; give seconds or an httpx.Timeout")
    seconds = (timeout if isinstance(timeout, httpx.Timeout) else httpx.Timeout(timeout)).as_dict()
    for kind, value in seconds.items():
        if value is not None and not value > 0:
            raise ConfigurationError(f"timeout: {kind} is {value} s, but not > 0")
    return seconds


def checked_retries(retries: int | Retries) -> Retries:
    """Return all there is to say about repeating calls.

    Raises:
        ConfigurationError: It is no number, or negative.
    """
    if isinstance(retries, bool) or not isinstance(retries, int | Retries):  # pyright: ignore[reportUnnecessaryIsInstance]  callers without a type checker
        raise ConfigurationError(f"retries is {retries!r}; give how often to repeat, or Retries")
    return retries if isinstance(retries, Retries) else evolve(DEFAULT_RETRIES, limit=retries)


def checked_http_client(given: object, kind: type[Http], client: object) -> None:
    """Return if a client of one's own is of the right kind.

    Raises:
        ConfigurationError: It is not.
    """
    if not isinstance(given, kind):
        raise ConfigurationError(
            f"http_client is of type {type(given).__name__}; {type(client).__name__} needs an "
            f"httpx.{kind.__name__}"
        )


def no_cookies() -> CookieJar:
    """Return a jar that stays empty: the platform sends none, and none shall mix up accounts."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=()))


def discreet(hook: Hook | None, token: Token) -> Hook | None:
    """Return the hook, hearing no token in a text of foreign origin."""
    if hook is None:
        return None

    def hear(attempt: Attempt) -> None:
        error = None if attempt.error is None else token.hide_in(attempt.error)
        hook(evolve(attempt, error=error))

    return hear
