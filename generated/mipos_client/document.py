"""The OpenAPI document that this package was made from."""

SHA256 = "8aa197dadc72ff3a875b767eeb3c5c76184381f76673d9a44629f392c8715e20"
"""SHA-256 of the bytes of openapi.yaml, in hexadecimal."""
