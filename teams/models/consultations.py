"""That people sat together about a case, when and on what ground. Of the case itself nothing: no field holds it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from kortrijk_gebied.ids import spoken_reference, uuid7
from teams.models.organisations import Organisation
from teams.models.people import User
from teams.models.teams import Function, Team

if TYPE_CHECKING:
    from teams.access import Access


class Purpose(models.TextChoices):
    SAFETY = "safety", _("safety of one or more persons")
    CARE = "care", _("care and support that hang together")
    HOUSING = "housing", _("living and housing")
    NUISANCE = "nuisance", _("nuisance that stays")
    YOUTH = "youth", _("young people at risk")
    EVICTION = "eviction", _("prevention of an eviction")
    OTHER = "other", _("something else")


class LegalGround(models.TextChoices):
    BY_LAW = "by_law", _("consultation that a law, decree or the prosecutor organises (case consultation)")
    BROAD_INTAKE = "broad_intake", _("integrated broad intake, decree on local social policy")
    SHARED_SECRECY = "shared_secrecy", _("shared professional secrecy")
    CONSENT = "consent", _("consent of the person concerned")
    EMERGENCY = "emergency", _("state of emergency")


class CaseConsultationQuerySet(models.QuerySet["CaseConsultation"]):
    def readable(self, viewer: "Access") -> Self:
        """Who sat there, and the officers who watch over the data of their organisations. Nobody else, not even who
        manages everything."""
        if viewer.user_id is None:
            return self.none()
        seats, houses = CaseConsultation.participants.through.objects, CaseConsultation.houses.through.objects
        there = models.Q(pk__in=seats.filter(user=viewer.user_id).values("caseconsultation"))
        if viewer.organisation_id is not None and viewer.holds(Function.DATA_PROTECTION_OFFICER):
            there |= models.Q(pk__in=houses.filter(organisation=viewer.organisation_id).values("caseconsultation"))
        return self.filter(there)

    def writable(self, viewer: "Access") -> Self:
        """Who called it together, as long as they sat there."""
        return self.readable(viewer).filter(convened_by=viewer.user_id)


@pghistory.track(*history(), model_name="CaseConsultationChange")
class CaseConsultation(models.Model):
    Purpose, Ground = Purpose, LegalGround

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(_("reference"), max_length=12, unique=True, editable=False)
    day = models.DateField(_("day"), default=timezone.localdate)
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)
    purpose_other = models.CharField(
        _("which other purpose"), max_length=60, blank=True, help_text=_("A few words. No names, nothing of the case.")
    )
    legal_ground = models.CharField(_("legal ground"), max_length=14, choices=LegalGround)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="case_consultations", verbose_name=_("called together by")
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="case_consultations", verbose_name=_("team")
    )
    convened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    convened_at = models.DateTimeField(default=timezone.now, editable=False)
    participants = models.ManyToManyField(User, related_name="case_consultations", verbose_name=_("participants"))
    # Of rows between two tables no history is kept: the names stand here too, set by `seat`.
    participant_names = models.TextField(_("participants"), blank=True, default="", editable=False)
    houses = models.ManyToManyField(Organisation, related_name="+", editable=False)
    outside = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, size=10,
        verbose_name=_("organisations from outside"),
    )  # fmt: skip

    objects = CaseConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-id"]
        verbose_name = _("case consultation")
        verbose_name_plural = _("case consultations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(purpose__in=Purpose.values), name="caseconsultation_purpose_known"
            ),
            models.CheckConstraint(
                condition=models.Q(legal_ground__in=LegalGround.values), name="caseconsultation_ground_known"
            ),
            models.CheckConstraint(
                condition=(models.Q(purpose=Purpose.OTHER) & ~models.Q(purpose_other=""))
                | (~models.Q(purpose=Purpose.OTHER) & models.Q(purpose_other="")),
                name="caseconsultation_words_when_other",
                violation_error_message=_("Say in a few words which other purpose, and only then."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: object, **kwargs: object) -> None:
        while not self.reference or (self._state.adding and self._taken()):
            self.reference = spoken_reference("C")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def seat(self, people: Iterable[User], *, also: Iterable[str] = ()) -> None:
        """Who sat there, with what was set in the fields `also`; of a new one all of it. The house somebody came for
        stays, whoever they work for now, and also when they turn out not to have been there: its officer watches."""
        there = User.objects.filter(pk__in=[person.pk for person in people]).order_by("name", "pk")
        there = there.select_related("organisation")
        before = set() if self._state.adding else set(self.participants.values_list("pk", flat=True))
        self.participant_names = ", ".join(person.name for person in there)
        if self._state.adding:
            self.save(force_insert=True)
        else:
            self.save(update_fields=["participant_names", *also])
        self.participants.set(there)
        came = {person.organisation for person in there if person.organisation and person.pk not in before}
        self.houses.add(self.organisation, *came)

    def _taken(self) -> bool:
        return CaseConsultation.objects.filter(reference=self.reference).exists()
