"""MenuPull."""

from typing import Any

from attrs import define, field


@define
class MenuPull:
    """The question for a menu."""

    store_id: str
    """Id of the store on the platform whose menu is wanted."""

    raw: dict[str, Any] = field(factory=dict[str, Any], repr=False, eq=False, kw_only=True)
    """All that was received, properties included that the document does not describe."""
