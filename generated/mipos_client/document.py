"""The OpenAPI document that this package was made from."""

from typing import Final

VERSION: Final = "0.2.0"
"""Its version, which is also that of this package."""
SHA256: Final = "3f4bdf37e5dc2ce2d4d3178a1ceb5ba321f846f43144b3231ec2fe5edd7b6b7d"
"""SHA-256 of the bytes of openapi.yaml, in hexadecimal."""
PRODUCTION: Final = "https://integrations.mipos.shop"
"""Where the platform is: the first server of the document."""
