import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from areas.models import AreaSet


class OrganisationKind(models.TextChoices):
    CITY = "city", _("City")
    OCMW = "ocmw", _("OCMW")
    POLICE = "police", _("Police")
    PARTNER = "partner", _("Partner")


@pghistory.track(model_name="OrganisationChange")
class Organisation(models.Model):
    """City, OCMW, police, or a partner such as the grid operator."""

    Kind = OrganisationKind

    code = models.SlugField(max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=80, unique=True)
    letter = models.CharField(_("letter"), max_length=1, help_text=_("Stands in the badge, beside colour and shape."))
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    working_set = models.ForeignKey(
        AreaSet, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("working set")
    )
    # Who divides what no rule places, and who receives sealed matter that names no team.
    intake_team = models.ForeignKey(
        "teams.Team", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("intake team")
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values), name="organisation_kind_known"
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=~models.Q(kind="partner"), name="organisation_one_per_public_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def style(self) -> str:
        """The class name of the badge: its colour and shape."""
        return {"city": "stad", "ocmw": "ocmw", "police": "politie"}.get(self.kind, "partner")
