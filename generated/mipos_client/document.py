"""The OpenAPI document that this package was made from."""

SHA256 = "4e6d5027204b86e2df32b5994627c0b181962c95313f39b26f022769268c0db1"
"""SHA-256 of the bytes of openapi.yaml, in hexadecimal."""
