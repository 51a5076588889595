"""The OpenAPI document that this package was made from."""

from typing import Final

VERSION: Final = "0.1.0"
"""Its version, which is also that of this package."""
SHA256: Final = "4e6d5027204b86e2df32b5994627c0b181962c95313f39b26f022769268c0db1"
"""SHA-256 of the bytes of openapi.yaml, in hexadecimal."""
PRODUCTION: Final = "https://integrations.mipos.shop"
"""Where the platform is: the first server of the document."""
