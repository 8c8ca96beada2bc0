"""Errors whose message is meant for the person at the screen."""


class DomainError(Exception):
    """A rule of the cooperative was broken; the message says which. Shown, not logged."""


class Invalid(ValueError):
    """A value that cannot be accepted; the message is shown beside the field it came from."""
