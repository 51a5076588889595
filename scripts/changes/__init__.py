"""What changed between two revisions of `openapi.yaml`, and for whom: see docs/changes.md."""
