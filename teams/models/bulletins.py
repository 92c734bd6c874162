"""Short news of an area: what colleagues, partners or everybody should know, with photos and remarks.

A good practice and basic information are news of a kind, so that nobody has to look for them in one more place.
"""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.history import history
from kortrijk_gebied.ids import uuid7
from kortrijk_gebied.refusals import Refused, must_say_the_same
from teams.models.audience import Audience, audience_known, heard_by
from teams.models.people import User
from teams.models.places import Placed
from teams.models.teams import Team

if TYPE_CHECKING:
    from teams.access import Access


class BulletinKind(models.TextChoices):
    NEWS = "news", _("news")
    GOOD_PRACTICE = "good_practice", _("good practice")
    BASIC_INFORMATION = "basic_information", _("basic information")
    CAMPAIGN = "campaign", _("campaign")


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def readable(self, viewer: "Access") -> Self:
        here = Q(pk__in=Bulletin.areas.through.objects.filter(area__in=viewer.areas("view")).values("bulletin"))
        told = Q(is_draft=False) | Q(team_id__in=viewer.team_ids)
        return self.filter(told, heard_by(viewer, areas=here, everywhere=Q(pk__in=[])))

    def writable(self, viewer: "Access") -> Self:
        """The team that keeps it writes it, whoever of the team began it."""
        return self.filter(team_id__in=viewer.team_ids)

    def standing(self) -> Self:
        """What was published, and not archived since."""
        return self.filter(archived_at__isnull=True, is_draft=False)

    def public(self) -> Self:
        return self.standing().filter(audience=Audience.PUBLIC)

    def about(self, areas: Collection[int]) -> Self:
        """Through a subquery: one row each, however many of these areas it is about."""
        return self.filter(pk__in=Bulletin.areas.through.objects.filter(area__in=areas).values("bulletin"))

    def running(self, day: dt.date) -> Self:
        """Campaigns of that day."""
        return self.standing().filter(
            Q(ends__isnull=True) | Q(ends__gte=day), kind=BulletinKind.CAMPAIGN, starts__lte=day
        )


@pghistory.track(*history(), model_name="BulletinChange")
class Bulletin(Placed):
    Kind = BulletinKind

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=BulletinKind, default=BulletinKind.NEWS)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=2000, help_text=_("Short: what is new, and for whom."))
    team = models.ForeignKey(Team, models.PROTECT, related_name="bulletins", verbose_name=_("team"))
    areas = models.ManyToManyField(Area, related_name="bulletins", verbose_name=_("areas"))
    audience = models.CharField(_("for whom"), max_length=8, choices=Audience, default=Audience.INTERNAL)
    starts = models.DateField(_("runs from"), null=True, blank=True)
    ends = models.DateField(_("up to and including"), null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="bulletins")
    is_draft = models.BooleanField(_("draft"), default=False, editable=False)
    # Since when those for whom it is may read it: given to others, it is new again.
    published_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = BulletinQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("bulletin")
        verbose_name_plural = _("bulletins")
        constraints = [
            audience_known("bulletin"),
            models.CheckConstraint(condition=Q(kind__in=BulletinKind.values), name="bulletin_kind_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="bulletin_says_something"),
            models.CheckConstraint(
                condition=Q(kind=BulletinKind.CAMPAIGN, starts__isnull=False)
                | ~Q(kind=BulletinKind.CAMPAIGN) & Q(starts__isnull=True, ends__isnull=True),
                name="bulletin_dates_of_a_campaign",
                violation_error_message=_("A campaign has a first day; nothing else has days."),
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")),
                name="bulletin_ends_after_starts",
                violation_error_message=_("The end lies before the start."),
            ),
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True, archived_by__isnull=True)
                | Q(archived_at__isnull=False, archived_by__isnull=False),
                name="bulletin_archived_at_by",
            ),
            models.CheckConstraint(
                condition=Q(is_draft=False) | Q(archived_at__isnull=True), name="bulletin_draft_not_archived"
            ),
        ]
        indexes = [models.Index(fields=["-published_at", "-id"], name="bulletin_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("bulletins:bulletin", args=[self.pk])

    @property
    def is_public(self) -> bool:
        return self.audience == Audience.PUBLIC and self.archived_at is None and not self.is_draft

    @transaction.atomic
    def archive(self, *, by: User) -> None:
        """It leaves every list but that of the archive, and the public pages; what was said under it stays."""
        held = self._held()
        if held.is_draft:
            raise Refused(_g("This is a draft: only your team reads it. Throw it away if it is not needed."))
        if held.archived_at is None:
            self._now(archived_at=timezone.now(), archived_by=by)

    @transaction.atomic
    def bring_back(self) -> None:
        if self._held().archived_at is not None:
            self._now(archived_at=None, archived_by=None)

    @transaction.atomic
    def comment(self, key: Any, *, text: str, by: User) -> "BulletinComment":
        """`key` comes with the form: a remark that is sent twice stands there once."""
        held = self._held()
        if held.is_draft:
            raise Refused(_g("This is a draft. Remarks come when others read it."))
        if held.archived_at is not None:
            raise Refused(_g("This was archived: nobody reads a remark under it any more."))
        made, _created = BulletinComment.objects.get_or_create(
            pk=key, defaults={"bulletin": self, "text": text, "by": by, "audience": held.audience}
        )
        must_say_the_same(made, bulletin=self, text=text, by=by)
        return made

    def _held(self) -> "Bulletin":
        return Bulletin.objects.select_for_update().get(pk=self.pk)

    def _now(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)
        self.save(update_fields=list(values))


def stored_as(_photo: "BulletinPhoto", _filename: str) -> str:
    """What somebody called the file is nobody's business, and a name is never used twice."""
    return f"bulletins/{uuid7()}.jpg"


@pghistory.track(*history(), model_name="BulletinPhotoChange")
class BulletinPhoto(models.Model):
    """Always a picture that we made again ourselves, and said in words for who cannot see it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="photos")
    description = models.CharField(
        _("what one sees"), max_length=200, help_text=_("In a sentence, for who cannot see the photo.")
    )
    file = models.FileField(upload_to=stored_as)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name = _("photo of a bulletin")
        verbose_name_plural = _("photos of bulletins")
        constraints = [
            models.CheckConstraint(condition=~Q(description=""), name="bulletinphoto_says_what_one_sees"),
            models.CheckConstraint(condition=Q(width__gte=1, height__gte=1), name="bulletinphoto_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.description


class BulletinCommentQuerySet(models.QuerySet["BulletinComment"]):
    def readable(self, viewer: "Access") -> Self:
        """Under what the viewer reads. What colleagues said among themselves stays there when the news goes wider."""
        house = Q(bulletin__team_id__in=viewer.team_ids)
        if viewer.organisation_id is not None:
            house |= Q(bulletin__team__organisation_id=viewer.organisation_id)
        wider = house | ~Q(audience=Audience.INTERNAL) | Q(by_id=viewer.user_id)
        return self.filter(wider, bulletin__in=Bulletin.objects.readable(viewer))

    def removable(self, viewer: "Access") -> Self:
        """By who wrote it, and by the team that keeps what it stands under."""
        return self.filter(Q(by_id=viewer.user_id) | Q(bulletin__team_id__in=viewer.team_ids))


# Its words are not in the history: removed is gone.
@pghistory.track(*history(), model_name="BulletinCommentChange", exclude=["text"])
class BulletinComment(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="comments")
    text = models.TextField(_("remark"), max_length=600)
    audience = models.CharField(
        max_length=8, choices=Audience, default=Audience.INTERNAL, editable=False,
        help_text="of its bulletin, when it was written",
    )  # fmt: skip
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = BulletinCommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("remark under a bulletin")
        verbose_name_plural = _("remarks under bulletins")
        constraints = [
            audience_known("bulletincomment"),
            models.CheckConstraint(condition=~Q(text=""), name="bulletincomment_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
