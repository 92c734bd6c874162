"""Addresses of which mail came back for good. Nothing goes there for a while: one day it may work again."""

import datetime as dt

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

COUNTS_FOR = dt.timedelta(days=30)


class Bounce(models.Model):
    address = models.EmailField(primary_key=True)  # in lower case
    at = models.DateTimeField(default=timezone.now)
    code = models.CharField(max_length=20, blank=True, help_text="RFC 3463, such as 5.1.1")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(address=Lower("address")), name="bounce_in_lower_case")
        ]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def note(cls, address: str, code: str) -> None:
        cls.objects.update_or_create(address=address.lower(), defaults={"at": timezone.now(), "code": code[:20]})

    @classmethod
    def current(cls) -> models.QuerySet["Bounce"]:
        return cls.objects.filter(at__gt=timezone.now() - COUNTS_FOR)

    @classmethod
    def is_current(cls, address: str) -> bool:
        return cls.current().filter(address=address.lower()).exists()

    @classmethod
    def forget(cls, address: str) -> None:
        """Somebody writes from there: it works."""
        cls.objects.filter(address=address.lower()).delete()

    @classmethod
    def erase_old(cls) -> None:
        cls.objects.filter(at__lte=timezone.now() - COUNTS_FOR).delete()
