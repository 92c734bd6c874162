"""How every room says no."""


class Refused(Exception):
    """A rule says no. The message is a sentence for the person who asked."""
