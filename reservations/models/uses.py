"""What somebody wants a room for: the same of one evening and of a series."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from reservations.models.associations import Association
from reservations.models.buildings import Building
from reservations.models.rooms import Feature, Layout
from teams.access import Access
from teams.models import Organisation, Team
from teams.models.organisations import OrganisationKind

# What they do in a room may tell of a person: others see that it is taken, unless they share it.
DISCREET = frozenset({OrganisationKind.OCMW, OrganisationKind.POLICE})


class Use(models.Model):
    """Its holder is an organisation, with a team of it when one team holds it, or an association."""

    title = models.CharField(_("what for"), max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team"))
    association = models.ForeignKey(
        Association, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("association")
    )
    persons = models.PositiveIntegerField(_("how many people"))
    layout = models.CharField(_("set-up"), max_length=10, choices=Layout, blank=True)
    features = ArrayField(
        models.CharField(max_length=20, choices=Feature), default=list, blank=True, verbose_name=_("needed")
    )
    is_shared = models.BooleanField(
        _("others may see what for"), default=True, help_text=_("Otherwise they see that it is taken.")
    )
    note = models.TextField(_("for the keeper of the building"), max_length=1000, blank=True)

    class Meta:
        abstract = True

    @property
    def holder(self) -> Organisation | Association:
        found = self.association or self.organisation
        if found is None:
            raise ValueError("The database lets no use be without a holder.")
        return found


def readable_to(viewer: Access, building: str = "room__building") -> models.Q:
    """Whose words the viewer may read: what is shared with everybody who works here, and what their own organisation
    holds; of an association also who asked it, and the keepers of the building, to which `building` is the way."""
    if viewer.user_id is None and viewer.organisation_id is None:
        return models.Q(pk__in=[])
    words = models.Q(is_shared=True)
    if viewer.organisation_id is not None:  # None would be every association
        words |= models.Q(organisation_id=viewer.organisation_id)
    if viewer.user_id is not None:
        kept = models.Q(**{f"{building}__in": Building.objects.granted(viewer, "approve")})
        words |= models.Q(association__isnull=False) & (models.Q(created_by_id=viewer.user_id) | kept)
    return words


def use_constraints(name: str) -> Iterable[models.BaseConstraint]:
    """For the Meta of a model that is a Use; `name` begins the names."""
    return [
        models.CheckConstraint(
            condition=models.Q(organisation__isnull=False, association__isnull=True)
            | models.Q(organisation__isnull=True, association__isnull=False, team__isnull=True),
            name=f"{name}_has_one_holder",
        ),
        models.CheckConstraint(condition=models.Q(persons__gte=1), name=f"{name}_of_somebody"),
        models.CheckConstraint(condition=models.Q(layout__in=["", *Layout.values]), name=f"{name}_layout_known"),
        models.CheckConstraint(
            condition=models.Q(features__contained_by=list(Feature.values)), name=f"{name}_features_known"
        ),
        models.CheckConstraint(condition=~models.Q(title=""), name=f"{name}_says_what_for"),
    ]
