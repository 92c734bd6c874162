"""The lines of a care grid: what an organisation offers there, or sees is needed."""

from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused
from teams.models.audience import Audience, audience_known
from teams.models.care import CareGrid, CareNeed, TargetGroup, care_areas
from teams.models.organisations import Organisation, OrganisationKind
from teams.models.people import User
from teams.models.service_points import ServicePoint
from teams.models.teams import Function, Team

if TYPE_CHECKING:
    from teams.access import Access

# Who writes in the grid, by the kind of organisation; of a partner everybody who may view the area.
WRITING = {
    OrganisationKind.OCMW: (Function.SOCIAL_NURSE, Function.NEIGHBOURHOOD_WORKER, Function.COORDINATOR),
    OrganisationKind.CITY: (Function.PROJECT_OFFICER,),
    OrganisationKind.POLICE: (),
}


def writes(viewer: "Access", organisation: Organisation | None) -> bool:
    """Whether somebody of this organisation writes its lines in the grids of the areas they may view."""
    if organisation is None or organisation.pk != viewer.organisation_id or not viewer.areas("view"):
        return False
    if organisation.kind == OrganisationKind.PARTNER:
        return True
    return viewer.holds(*WRITING[OrganisationKind(organisation.kind)])


def keeps_the_years(viewer: "Access", organisation: Organisation | None) -> bool:
    """The care areas are the OCMW's: its coordinator fixes a year and takes one over."""
    return organisation is not None and organisation.kind == OrganisationKind.OCMW and viewer.holds(
        Function.COORDINATOR
    )  # fmt: skip


class EntryKind(models.TextChoices):
    OFFER = "offer", _("offer")
    NEED = "need", _("need")


class GridEntryQuerySet(models.QuerySet["GridEntry"]):
    def standing(self) -> Self:
        return self.filter(removed_at__isnull=True)

    def readable(self, viewer: "Access") -> Self:
        """Lines in areas the viewer may view: of the own organisation, and what others say aloud."""
        heard = models.Q(audience__in=[Audience.PARTNERS, Audience.PUBLIC])
        if viewer.organisation_id is not None:
            heard |= models.Q(organisation_id=viewer.organisation_id)
        return self.standing().filter(heard, grid__area__in=care_areas(viewer))

    def shared(self) -> Self:
        """What everybody who works there may read."""
        return self.filter(audience__in=[Audience.PARTNERS, Audience.PUBLIC])

    def hinted(self, viewer: "Access", *, also_own: bool = False) -> Self:
        """Lines that the viewer may not read, of which their organisation says that they are there."""
        told = self.standing().filter(audience=Audience.INTERNAL, is_mentioned=True, grid__area__in=care_areas(viewer))
        return told if also_own else told.exclude(organisation_id=viewer.organisation_id or 0)


# What somebody writes in a line; who wrote it first, and whether it was taken away, is not theirs to change.
WRITTEN = ["target_group", "need", "kind", "text", "source", "team", "service_point", "audience", "is_mentioned"]


@pghistory.track(*history(), model_name="GridEntryChange")
class GridEntry(models.Model):
    """One line in one cell. Who wrote it down is known; who else may read it, its organisation decides."""

    Kind = EntryKind

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    grid = models.ForeignKey(CareGrid, models.PROTECT, related_name="entries", verbose_name=_("care grid"))
    target_group = models.ForeignKey(TargetGroup, models.PROTECT, related_name="+", verbose_name=_("target group"))
    need = models.ForeignKey(CareNeed, models.PROTECT, related_name="+", verbose_name=_("need"))
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind, default=EntryKind.OFFER)
    text = models.CharField(_("in one sentence"), max_length=200)
    source = models.CharField(_("source"), max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team"))
    service_point = models.ForeignKey(
        ServicePoint, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("service point")
    )
    audience = models.CharField(_("who may read it"), max_length=10, choices=Audience, default=Audience.PARTNERS)
    is_mentioned = models.BooleanField(
        _("tell others that there is an offer"), default=False,
        help_text=_("They read “there is an offer, ask us”, and nothing else. Only for an offer of your own."),
    )  # fmt: skip
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)

    objects = GridEntryQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "at", "id"]
        verbose_name = _("line of the care grid")
        verbose_name_plural = _("lines of the care grid")
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=EntryKind.values), name="gridentry_kind_known"),
            audience_known("gridentry"),
            models.CheckConstraint(condition=~models.Q(text=""), name="gridentry_says_something"),
            models.CheckConstraint(condition=~models.Q(source=""), name="gridentry_has_a_source"),
            models.CheckConstraint(
                condition=models.Q(is_mentioned=False) | models.Q(kind="offer", audience="internal"),
                name="gridentry_mentions_own_offer",
                violation_error_message=_("Only of an offer for your own organisation you choose what others hear."),
            ),
            models.CheckConstraint(
                condition=models.Q(removed_at=None, removed_by=None)
                | models.Q(removed_at__isnull=False, removed_by__isnull=False),
                name="gridentry_removed_by_somebody",
            ),
            models.UniqueConstraint(fields=["grid", "copied_from"], name="gridentry_taken_over_once"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Where it stands in the grid of its year."""
        return f"{reverse('care:matrix', args=[self.grid.area.code, self.grid.year])}#lijn-{self.pk}"

    @transaction.atomic
    def put(self) -> None:
        """Write it in the year it belongs to, unless that was fixed in the meantime, or the line was taken away."""
        CareGrid.objects.select_for_update().get(pk=self.grid_id).refuse_when_fixed()
        if self._state.adding:
            self.save(force_insert=True)
        elif GridEntry.objects.standing().filter(pk=self.pk).exists():
            self.save(update_fields=WRITTEN)
        else:
            raise Refused(
                _g("This line was taken from the grid while you were writing. Add it anew if it belongs there.")
            )

    @transaction.atomic
    def remove(self, *, by: User) -> None:
        CareGrid.objects.select_for_update().get(pk=self.grid_id).refuse_when_fixed()
        GridEntry.objects.standing().filter(pk=self.pk).update(removed_at=timezone.now(), removed_by=by)

    def copied(self, grid: CareGrid, *, by: User) -> "GridEntry":
        kept = ("target_group_id", "need_id", "kind", "text", "source", "organisation_id", "team_id",
                "service_point_id", "audience", "is_mentioned")  # fmt: skip
        return GridEntry(grid=grid, copied_from=self, by=by, **{name: getattr(self, name) for name in kept})
