"""The control interface: what a test needs to see and set, and the platform does not offer."""
