"""The OpenAPI document that this package was made from."""

from typing import Final

VERSION: Final = "0.2.0"
"""Its version, which is also that of this package."""
SHA256: Final = "9f79ad5a5e2901ef659dd5f991383250745ed031ab040902a7faff3fe16ac1e8"
"""SHA-256 of the bytes of openapi.yaml, in hexadecimal."""
PRODUCTION: Final = "https://integrations.mipos.shop"
"""Where the platform is: the first server of the document."""
