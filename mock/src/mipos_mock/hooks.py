"""The webhooks of one account, in order of creation."""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from itertools import count


class Webhooks(MutableMapping[str, str]):
    """Type (``ORDER`` or ``Menu``) by URL, in order of creation.

    A webhook has a place, a number that stays its own when its URL changes. Every change takes
    the same time however many webhooks there are.
    """

    __slots__ = ("_numbers", "_places", "_rows")

    def __init__(self, webhooks: Mapping[str, str] | None = None) -> None:
        """Holds a copy of some webhooks."""
        self._rows: dict[int, tuple[str, str]] = {}
        self._places: dict[str, int] = {}
        self._numbers = count(1)
        self.update(webhooks or {})

    @classmethod
    def placed(cls, rows: Iterable[tuple[int, str, str]]) -> "Webhooks":
        """Returns webhooks with the places that they had: place, URL and type of each."""
        webhooks = cls()
        for place, url, kind in sorted(rows):
            webhooks._rows[place] = (url, kind)
            webhooks._places[url] = place
        webhooks._numbers = count(max(webhooks._rows, default=0) + 1)
        return webhooks

    def rename(self, current: str, new: str) -> None:
        """Gives a webhook another URL; place and type stay.

        Raises:
            KeyError: No webhook has the current URL.
        """
        place = self._places.pop(current)
        self._rows[place] = (new, self._rows[place][1])
        self._places[new] = place

    def place(self, url: str) -> int:
        """Returns the place of a webhook.

        Raises:
            KeyError: No webhook has the URL.
        """
        return self._places[url]

    def at(self, place: int) -> tuple[str, str] | None:
        """Returns URL and type of the webhook at a place, None when it is gone."""
        return self._rows.get(place)

    def __getitem__(self, url: str) -> str:
        """Returns the type of a webhook."""
        return self._rows[self._places[url]][1]

    def __setitem__(self, url: str, kind: str) -> None:
        """Adds a webhook, or gives one another type."""
        place = self._places.get(url)
        if place is None:
            self._places[url] = place = next(self._numbers)
        self._rows[place] = (url, kind)

    def __delitem__(self, url: str) -> None:
        """Removes a webhook."""
        del self._rows[self._places.pop(url)]

    def __contains__(self, url: object) -> bool:
        """Says whether a webhook has a URL."""
        return url in self._places

    def __iter__(self) -> Iterator[str]:
        """Gives the URLs."""
        return (url for url, _ in self._rows.values())

    def __len__(self) -> int:
        """Counts the webhooks."""
        return len(self._rows)

    def __repr__(self) -> str:
        """Shows them as the mapping that they are."""
        return f"Webhooks({dict(self)!r})"
