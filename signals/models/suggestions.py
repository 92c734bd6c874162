import hashlib
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from signals.suggesting.learned import Learned


class SubjectLessonQuerySet(models.QuerySet["SubjectLesson"]):
    def newest(self) -> Self:
        return self.order_by("-learned_at", "-pk")


class SubjectLesson(models.Model):
    """What was learned, on one day, of how people word a subject. Only the newest is kept: what is not open any
    more must not live on in an older one."""

    learned_at = models.DateTimeField(_("learned"), default=timezone.now)
    content = models.BinaryField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    texts = models.PositiveIntegerField(_("different texts"))
    held_out = models.PositiveIntegerField(_("texts it was tried on"))
    first_right = models.PositiveIntegerField(_("first suggestion right"))
    three_right = models.PositiveIntegerField(_("among the first three"))

    objects = SubjectLessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson of subjects")
        verbose_name_plural = _("lessons of subjects")
        constraints = [
            models.CheckConstraint(
                condition=Q(first_right__lte=F("three_right"), three_right__lte=F("held_out")),
                name="subject_lesson_counts_fit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learned_at:%Y-%m-%d %H:%M}"

    @property
    def top1(self) -> float:
        return self.first_right / self.held_out if self.held_out else 0.0

    @property
    def top3(self) -> float:
        return self.three_right / self.held_out if self.held_out else 0.0

    def learned(self) -> "Learned":
        from signals.suggesting.learned import Learned

        return Learned.from_bytes(bytes(self.content), self.sha256)

    @classmethod
    def of(cls, learned: "Learned", *, texts: int, score: tuple[int, int, int]) -> Self:
        content = learned.to_bytes()
        held_out, first, three = score
        return cls(
            content=content, sha256=hashlib.sha256(content).hexdigest(), texts=texts, held_out=held_out,
            first_right=first, three_right=three,
        )  # fmt: skip
