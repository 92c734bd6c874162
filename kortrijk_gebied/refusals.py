"""How every room says no."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """A rule says no. The message is a sentence for the person who asked."""


class SaidOtherwise(Refused):
    """A form came again, with other words than the first time: what was typed now must not be dropped in silence."""

    def __init__(self) -> None:
        super().__init__(
            _("This form was saved before, with other words. What you typed is still here: open what was saved, and "
              "change it there.")
        )  # fmt: skip


def must_say_the_same(kept: object, **told: object) -> None:
    """What is sent twice is written once. Raises `SaidOtherwise` when it is not the same that is sent."""
    if any(getattr(kept, name) != value for name, value in told.items()):
        raise SaidOtherwise
