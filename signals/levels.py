"""The three levels of secrecy, ordered: what hangs on something is never less secret than that."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    OPEN = 0, _("open")
    LIMITED = 1, _("limited")
    SEALED = 2, _("sealed")
