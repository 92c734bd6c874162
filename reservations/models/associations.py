"""Who books besides the three organisations: clubs, committees, schools; and whom of them we know."""

import datetime as dt
import re
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from teams.access import Access
from teams.models import User

# What the Verenigingsregister gives out: V0001001.
NUMBER = re.compile(r"^V[0-9]{7}$")
# An association that had a room of a house so long ago comes there still.
COMES = dt.timedelta(days=365)


class AssociationKind(models.TextChoices):
    SPORT = "sport", _("sport")
    CULTURE = "culture", _("culture")
    YOUTH = "youth", _("youth")
    SENIORS = "seniors", _("seniors")
    FAMILY = "family", _("family")
    NEIGHBOURHOOD = "neighbourhood", _("neighbourhood")
    WELFARE = "welfare", _("welfare and care")
    LEARNING = "learning", _("learning")
    NATURE = "nature", _("nature and environment")
    OTHER = "other", _("something else")


class AssociationQuerySet(models.QuerySet["Association"]):
    def current(self) -> Self:
        return self.filter(ended_on=None)


@pghistory.track(*history(), model_name="AssociationChange")
class Association(models.Model):
    Kind = AssociationKind

    name = models.CharField(_("name"), max_length=120, unique=True)
    number = models.CharField(
        _("number"), max_length=8, blank=True, help_text=_("In the Verenigingsregister: V and seven digits.")
    )
    kinds = ArrayField(
        models.CharField(max_length=14, choices=AssociationKind), default=list, blank=True, verbose_name=_("kinds")
    )
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="associations", verbose_name=_("area")
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    website = models.URLField(_("website"), max_length=200, blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    ended_on = models.DateField(_("stopped on"), null=True, blank=True)
    price_group = models.ForeignKey(
        "reservations.PriceGroup", models.PROTECT, null=True, blank=True, related_name="associations",
        verbose_name=_("price group"),
    )  # fmt: skip
    is_example = models.BooleanField(_("example"), default=False)

    objects = AssociationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("association")
        verbose_name_plural = _("associations")
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="association_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(number="") | models.Q(number__regex=NUMBER.pattern),
                name="association_number_of_the_register",
            ),
            models.UniqueConstraint(fields=["number"], condition=~models.Q(number=""), name="association_number_once"),
            models.CheckConstraint(
                condition=models.Q(kinds__contained_by=list(AssociationKind.values)), name="association_kinds_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reservations:association", args=[self.pk])

    @property
    def kind_names(self) -> list[str]:
        return [str(AssociationKind(kind).label) for kind in self.kinds]


class ConsentBy(models.TextChoices):
    FORM = "form", _("on a form")
    MAIL = "mail", _("by mail")
    PHONE = "phone", _("on the phone")
    COUNTER = "counter", _("at the counter")
    LINK = "link", _("by the link in our mail")


class ContactQuerySet(models.QuerySet["Contact"]):
    def readable(self, viewer: Access) -> Self:
        """Who keeps the register reads them all; a keeper of a house those of the associations that come there, or
        have things of it."""
        from reservations.models.bookings import Booking
        from reservations.models.equipment import Equipment, Loan
        from reservations.models.loan_states import LoanState
        from reservations.models.rooms import Room
        from reservations.register.rights import keeps_register

        if viewer.user_id is None:
            return self.none()
        if keeps_register(viewer):
            return self
        comes = Booking.objects.filter(
            association=models.OuterRef("association"), room__in=Room.objects.granted(viewer, "approve"),
            ends__gt=timezone.now() - COMES,
        )  # fmt: skip
        theirs = models.Q(association=models.OuterRef("association"))
        has_things = Loan.objects.filter(
            theirs | models.Q(booking__association=models.OuterRef("association")),
            models.Q(ends__gt=timezone.now() - COMES) | models.Q(state=LoanState.OUT),
            equipment__in=Equipment.objects.granted(viewer, "approve"),
        )
        return self.filter(models.Exists(comes) | models.Exists(has_things))

    def asking(self) -> Self:
        """Who may ask for a room by the link in a mail, today."""
        return self.filter(
            may_ask=True, kept_until__gte=timezone.localdate(), association__ended_on=None
        ).exclude(email="")  # fmt: skip


@pghistory.track(*history(), model_name="ContactChange")
class Contact(models.Model):
    """A person of an association, known with their consent and until a day. Erased, the history of it goes too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="contacts")
    name = models.CharField(_("name"), max_length=120)
    function = models.CharField(_("function"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    may_ask = models.BooleanField(
        _("asks for rooms"), default=False, help_text=_("By a link in a mail, without a password.")
    )
    consent_on = models.DateField(_("consent given on"))
    consent_by = models.CharField(_("how"), max_length=8, choices=ConsentBy)
    kept_until = models.DateField(_("kept until"))
    asked_on = models.DateField(null=True, blank=True, editable=False, help_text="to stay, the last time")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="contact_has_a_name"),
            models.CheckConstraint(
                condition=~models.Q(email="", phone=""), name="contact_can_be_reached",
                violation_error_message=_("Give a mail address or a phone number."),
            ),
            models.CheckConstraint(
                condition=models.Q(may_ask=False) | ~models.Q(email=""), name="contact_asks_by_mail",
                violation_error_message=_("Who asks for rooms by a link needs a mail address."),
            ),
            models.CheckConstraint(
                condition=models.Q(kept_until__gt=models.F("consent_on")), name="contact_kept_after_consent",
                violation_error_message=_("Keep it until a day after the consent."),
            ),
            models.CheckConstraint(condition=models.Q(consent_by__in=ConsentBy.values), name="contact_consent_known"),
            models.UniqueConstraint(
                "association", Lower("email"), condition=~models.Q(email=""), name="contact_once_per_association",
                violation_error_message=_("This association has a contact with that mail address."),
            ),
        ]  # fmt: skip
        indexes = [models.Index(Lower("email"), name="contact_by_email")]

    def __str__(self) -> str:
        return self.name
