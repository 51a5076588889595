"""A sender that sends nothing: it notes what it is given and answers what it is told to."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from mipos_mock.sending.sender import Reply


def answered(status: int, body: bytes = b"") -> Reply:
    """What a receiver that answers comes to."""
    return Reply(status, (), body, complete=True, error=None, milliseconds=1.0)


def failed(error: str) -> Reply:
    """What a receiver that does not answer comes to."""
    return Reply(None, (), b"", complete=False, error=error, milliseconds=1.0)


@dataclass(frozen=True)
class Post:
    """What was to be sent."""

    url: str
    headers: dict[str, str]
    body: bytes
    truncate: bool
    body_limit: int | None


@dataclass
class FakeSender:
    """Answers 200 unless told otherwise.

    Attributes:
        posts: what was to be sent, in this order.
        reply: makes the reply to a post.
        gates: posts to these URLs wait until the event is set.
        closed: whether it was closed.
    """

    posts: list[Post] = field(default_factory=list[Post])
    reply: Callable[[Post], Reply] = lambda _post: answered(200)
    gates: dict[str, asyncio.Event] = field(default_factory=dict[str, asyncio.Event])
    closed: bool = False

    async def send(
        self,
        url: str,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        *,
        truncate: bool = False,
        body_limit: int | None = None,
    ) -> Reply:
        """Notes a post and replies."""
        post = Post(url, dict(headers), body, truncate, body_limit)
        self.posts.append(post)
        if url in self.gates:
            await self.gates[url].wait()
        else:
            await asyncio.sleep(0)
        return self.reply(post)

    async def aclose(self) -> None:
        """Notes that it was closed."""
        self.closed = True
