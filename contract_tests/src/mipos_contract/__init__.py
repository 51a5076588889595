"""Contract tests: hold a running server against `openapi.yaml`.

The target comes from the environment (see `settings`); without one the suite starts the mock.
"""
