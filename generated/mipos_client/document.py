"""The OpenAPI document that this package was made from."""

from typing import Final

VERSION: Final = "0.2.0"
"""Its version, which is also that of this package."""
SHA256: Final = "8e46caeb937902982d804f53a3a3ddb369ecccf9d278a078c3703c7a77e23b5c"
"""SHA-256 of the bytes of openapi.yaml, in hexadecimal."""
PRODUCTION: Final = "https://integrations.mipos.shop"
"""Where the platform is: the first server of the document."""
