"""The OpenAPI document that this package was made from."""

SHA256 = "ccbcc006aea478c9bb6a09e505f71f86132ddd8b82959fc1aae5707f5b059800"
"""SHA-256 of the bytes of openapi.yaml, in hexadecimal."""
