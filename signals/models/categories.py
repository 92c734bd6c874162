from collections.abc import Mapping
from typing import Any, Self

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from signals.levels import Level
from teams.access import teams_that_keep_sealed_matter
from teams.models import Organisation


class CategoryQuerySet(models.QuerySet["Category"]):
    def choosable(self) -> Self:
        """What a report can be about: active, and a leaf of the tree."""
        return self.filter(active=True, children__isnull=True)

    def named_by(self, key: object) -> "Category | None":
        """The category of a key as an address or a form sends it; None for what is no key."""
        text = str(key or "")
        return self.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 19 else None

    def subtree_ids(self, root_id: int) -> set[int]:
        """The ids of a category and of everything below it, in one query."""
        parents = dict(self.model._default_manager.values_list("pk", "parent_id"))
        return {pk for pk in parents if root_id in lineage(pk, parents)}


def lineage(pk: int, parents: Mapping[int, int | None]) -> list[int]:
    """A category and what it lies below, from the leaf up. `parents` maps each id to its parent's."""
    line: list[int] = []
    step: int | None = pk
    while step is not None and step not in line:
        line.append(step)
        step = parents.get(step)
    return line


@pghistory.track(model_name="CategoryChange")
class Category(models.Model):
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("below")
    )
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="categories", verbose_name=_("owner"),
        help_text=_("Owns signals about this subject."),
    )  # fmt: skip
    term_days = models.PositiveSmallIntegerField(_("term in working days"), default=5)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, default=Level.OPEN)
    about_persons = models.BooleanField(_("about persons"), default=False)
    routine = models.BooleanField(
        _("routine"), default=False, help_text=_("Goes straight to the executing service, past every inbox.")
    )
    task_title = models.CharField(_("what the task is called"), max_length=120, blank=True)
    icon = models.SlugField(_("icon"), max_length=30, blank=True)
    on_tablet = models.BooleanField(_("tile on the tablet"), default=False)
    on_web = models.BooleanField(
        _("on the public form"), default=False, help_text=_("Everybody may report it on the website.")
    )
    public = models.BooleanField(
        _("public"), default=False,
        help_text=_("Everybody may follow it through Open311: subject, area, spot and state, no names and no words."),
    )  # fmt: skip
    public_words = models.BooleanField(
        _("words public too"), default=False,
        help_text=_("Only for subjects about which nobody writes anything personal."),
    )  # fmt: skip
    active = models.BooleanField(_("active"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="category_level_known"),
            models.CheckConstraint(
                condition=models.Q(about_persons=False) | models.Q(level=Level.SEALED),
                name="category_about_persons_is_sealed",
                violation_error_message=_("A subject about persons starts sealed, never lower."),
            ),
            models.CheckConstraint(
                condition=models.Q(routine=False) | models.Q(level=Level.OPEN),
                name="category_routine_is_open",
            ),
            models.CheckConstraint(
                condition=models.Q(public=False) | models.Q(level=Level.OPEN),
                name="category_public_is_open",
                violation_error_message=_("Only what is open can be public."),
            ),
            models.CheckConstraint(
                condition=models.Q(public_words=False) | models.Q(public=True),
                name="category_public_words_of_public",
                violation_error_message=_("Words can only be public of a subject that is public."),
            ),
            models.CheckConstraint(condition=models.Q(term_days__lte=260), name="category_term_within_a_year"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("pk")),
                name="category_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.clean_fields()
        self._stays_a_tree()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self._stays_a_tree()
        self._has_a_reader()

    def _has_a_reader(self) -> None:
        """Asked of people, not of a new installation: there the subjects come first and the people after them."""
        if not (self.active and self.level == Level.SEALED and self.owner_id):
            return
        before = Category.objects.filter(pk=self.pk, active=True, level=Level.SEALED, owner_id=self.owner_id)
        if not before.exists() and not teams_that_keep_sealed_matter().filter(organisation=self.owner_id).exists():
            raise ValidationError(
                _(
                    "Nobody in %(owner)s may read sealed matter: what comes in about this would be lost. First make "
                    "somebody a member of a team that keeps sealed matter."
                )
                % {"owner": self.owner}
            )

    def _stays_a_tree(self) -> None:
        step = self.parent
        while step is not None:
            if step.pk == self.pk:
                raise ValidationError({"parent": _("A category cannot lie below itself.")})
            step = step.parent

    @property
    def work_title(self) -> str:
        return self.task_title or self.name
