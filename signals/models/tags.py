"""Free words on signals. They are content: who may not read a signal does not see what it is tagged with."""

import re
from typing import Self

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.refusals import Refused
from signals.models.base import Secret, at_their_level, history, level_known, never_below_its_signal
from signals.models.signals import Signal
from teams.access import Access
from teams.models import Organisation, User

LONGEST = 40
SUGGESTED = 60


def normalised(name: str) -> str:
    """One spelling for each: ` #Hotspot   Station ` is `hotspot station`."""
    return re.sub(r"[\s#,;]+", " ", name).strip().lower()


class TagQuerySet(models.QuerySet["Tag"]):
    def readable(self, viewer: Access) -> Self:
        """Those on something the viewer may read: a tag on sealed matter alone would tell what it is about."""
        return self.filter(models.Exists(SignalTag.objects.readable(viewer).filter(tag=models.OuterRef("pk"))))

    def to_choose_from(self, viewer: Access) -> Self:
        return self.filter(organisation_id=viewer.organisation_id).readable(viewer).order_by("name")[:SUGGESTED]


class Tag(models.Model):
    """A word of one organisation, made by using it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name=_("organisation"))
    name = models.CharField(_("tag"), max_length=LONGEST)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="tag_once_per_organisation"),
            models.CheckConstraint(condition=~models.Q(name=""), name="tag_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class SignalTagQuerySet(models.QuerySet["SignalTag"]):
    def readable(self, viewer: Access) -> Self:
        """What was hung there while it was more secret than it is now, stays with who could read it then."""
        return self.filter(at_their_level(viewer), signal__in=Signal.objects.readable(viewer))


@pghistory.track(*history(), model_name="SignalTagChange")
class SignalTag(Secret):
    signal = models.ForeignKey(Signal, models.CASCADE, related_name="signal_tags")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="signal_tags")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = SignalTagQuerySet.as_manager()

    class Meta:
        ordering = ["tag__name"]
        verbose_name = _("tag on a signal")
        verbose_name_plural = _("tags on signals")
        triggers = [never_below_its_signal()]
        constraints = [
            level_known("signaltag"),
            models.UniqueConstraint(fields=["signal", "tag"], name="signaltag_once"),
        ]

    def __str__(self) -> str:
        return str(self.tag)


def tag_signal(*, signal: Signal, name: str, by: User) -> SignalTag | None:
    """Hang a word on a signal, in the words of its owner; None when it hangs there already."""
    name = normalised(name)
    if not name:
        raise Refused(_g("An empty tag says nothing."))
    if len(name) > LONGEST:
        raise Refused(_g("A tag is a word or two: at most %(count)s letters.") % {"count": LONGEST})
    tag, _made = Tag.objects.get_or_create(organisation_id=signal.owner_id, name=name)
    hung, fresh = SignalTag.objects.get_or_create(signal=signal, tag=tag, defaults={"by": by})
    return hung if fresh else None


def untag_signal(*, signal: Signal, name: str) -> bool:
    """Take a word off a signal; whether it hung there."""
    taken, _per_model = SignalTag.objects.filter(signal=signal, tag__name=normalised(name)).delete()
    return bool(taken)
