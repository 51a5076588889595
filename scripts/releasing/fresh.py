"""Whether what is made from the document, and committed, is what the document gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from scripts import generate
from scripts.releasing import ReleaseError
from scripts.site import mock_page
from scripts.site.advice import AdviceError

if TYPE_CHECKING:
    from pathlib import Path

_REPAIR_PAGE = "nox -s docs"


def require_fresh(root: Path) -> None:
    """Return if the client and the reference that the mock serves are up to date.

    Raises:
        ReleaseError: One is not, or cannot be made.
    """
    document = root / "openapi.yaml"
    try:
        yaml.safe_load(document.read_bytes())
        found = generate.differences(document, root / "generated")
        page_is_current = mock_page.is_current(root)
    except yaml.YAMLError as error:
        raise ReleaseError(f"{document.name} is no YAML; correct it there: {error}") from error
    except (generate.GenerationError, AdviceError) as error:
        raise ReleaseError(str(error)) from error
    if found:
        raise ReleaseError(
            f"generated/ is not what {document.name} gives ({found[0]}). Repair: {generate.REPAIR}"
        )
    if not page_is_current:
        raise ReleaseError(
            f"{mock_page.PAGE} is not what {document.name} gives. Repair: {_REPAIR_PAGE}"
        )
