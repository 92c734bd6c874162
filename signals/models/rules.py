"""Where a signal goes. A rule is one row, also in its history: every version of it stands there whole."""

import datetime as dt
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from signals.conditions import Window
from signals.levels import Level
from signals.models.categories import Category
from signals.models.reports import Channel
from signals.soundness import refuse_unsound
from teams.access import Access
from teams.models import Function, Team, User

# What a version keeps of a rule: all of it but its place among the others.
TERMS = (
    "name", "category", "area_ids", "channel", "level", "words", "day_from", "day_until", "time_from", "time_until",
    "in_one_stretch", "holiday", "team", "post_function", "term_days", "starts", "ends",
)  # fmt: skip


class RoutingRuleQuerySet(models.QuerySet["RoutingRule"]):
    def in_order(self) -> Self:
        """Rules that are switched on, first match wins."""
        return self.filter(active=True).order_by("priority", "pk")

    def whole(self) -> Self:
        """With all that a sentence about it names, but its areas."""
        return self.select_related("category__owner", "team__organisation")

    def writable(self, viewer: Access) -> Self:
        """Who owns a subject decides where it goes: its coordinators and its administrator."""
        if viewer.organisation_id is None or not viewer.holds(Function.COORDINATOR, Function.ADMINISTRATOR):
            return self.none()
        return self.filter(category__owner_id=viewer.organisation_id)


@pghistory.track(model_name="RoutingRuleChange")
class RoutingRule(models.Model):
    """Where a signal goes: what is left empty matches everything."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    priority = models.PositiveSmallIntegerField(_("order"), default=100, help_text=_("Lowest first; first match wins."))
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="rules", verbose_name=_("category"),
        help_text=_("With everything below it."),
    )  # fmt: skip
    # Keys of areas, of any set. An area that is gone breaks the rule; it never widens it to the whole city.
    area_ids = ArrayField(models.IntegerField(), default=list, blank=True, verbose_name=_("areas"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, null=True, blank=True)
    words = models.CharField(
        _("words"), max_length=300, blank=True,
        help_text=_("Beginnings of words in the description, with commas between them; one of them is enough."),
    )  # fmt: skip
    day_from = models.PositiveSmallIntegerField(_("from day"), null=True, blank=True)
    day_until = models.PositiveSmallIntegerField(_("until day"), null=True, blank=True)
    time_from = models.TimeField(_("from time"), null=True, blank=True)
    time_until = models.TimeField(_("until time"), null=True, blank=True)
    in_one_stretch = models.BooleanField(_("in one stretch"), default=False)
    holiday = models.BooleanField(_("public holiday"), null=True, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="rules", verbose_name=_("team"))
    post_function = models.CharField(_("post"), max_length=30, choices=Function, blank=True)
    term_days = models.PositiveSmallIntegerField(
        _("term in working days"), null=True, blank=True, help_text=_("Empty: that of the category.")
    )
    starts = models.DateField(_("starts"), null=True, blank=True)
    ends = models.DateField(_("ends"), null=True, blank=True)
    active = models.BooleanField(_("active"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")

    objects = RoutingRuleQuerySet.as_manager()

    class Meta:
        ordering = ["priority", "pk"]
        verbose_name = _("routing rule")
        verbose_name_plural = _("routing rules")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(channel="") | models.Q(channel__in=Channel.values),
                name="rule_channel_known",
            ),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(level__in=Level.values),
                name="rule_level_known",
            ),
            models.CheckConstraint(
                condition=models.Q(post_function="") | models.Q(post_function__in=Function.values),
                name="rule_post_function_known",
            ),
            models.CheckConstraint(
                condition=models.Q(term_days__isnull=True) | models.Q(term_days__lte=260),
                name="rule_term_sensible",
            ),
            models.CheckConstraint(
                condition=models.Q(day_from__isnull=True, day_until__isnull=True)
                | models.Q(day_from__isnull=False, day_until__isnull=False, day_from__lte=6, day_until__lte=6),
                name="rule_days_both_and_of_a_week",
            ),
            models.CheckConstraint(
                condition=models.Q(time_from__isnull=True, time_until__isnull=True)
                | models.Q(time_from__isnull=False, time_until__isnull=False)
                & (~models.Q(time_from=models.F("time_until")) | models.Q(in_one_stretch=True)),
                name="rule_hours_both_and_not_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(in_one_stretch=False) | models.Q(day_from__isnull=False, time_from__isnull=False),
                name="rule_stretch_has_days_and_hours",
            ),
            models.CheckConstraint(
                condition=models.Q(starts__isnull=True)
                | models.Q(ends__isnull=True)
                | models.Q(ends__gte=models.F("starts")),
                name="rule_ends_after_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        refuse_unsound(self)

    # --- what it says ----------------------------------------------------------------------------

    def term_for(self, category: Category) -> int:
        """In working days."""
        return category.term_days if self.term_days is None else self.term_days

    @property
    def window(self) -> Window:
        return Window(self.day_from, self.day_until, self.time_from, self.time_until, self.in_one_stretch)

    @property
    def is_special(self) -> bool:
        """Whether it asks for more than a subject."""
        asks = self.area_ids or self.channel or self.words or not self.window.is_always
        return bool(asks) or self.level is not None or self.holiday is not None

    def holds_on(self, day: dt.date) -> bool:
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)

    # --- what happens to it ----------------------------------------------------------------------

    def keep(self, *, by: User | None, fields: list[str] | None = None) -> None:
        """Save what was changed as a new version of it. The caller holds the row."""
        self.version += 0 if self._state.adding else 1
        self.changed_at, self.changed_by = timezone.now(), by
        if fields is None:
            self.save()
        else:
            self.save(update_fields=[*fields, "version", "changed_at", "changed_by"])

    def enter(self) -> None:
        """Put a new rule where it works: a special one before all others, a plain one after them."""
        with transaction.atomic():
            others = [rule for rule in self._locked_order() if rule.pk != self.pk]
            _renumber([self, *others] if self.is_special else [*others, self])

    def move(self, steps: int, *, by: User | None = None) -> int | None:
        """Change places with the working rule that stands `steps` further down (negative: up), as far as there is
        one. Its place from then on, from 1; None when it has none."""
        with transaction.atomic():
            rules = self._locked_order()
            working = [rule for rule in rules if rule.active]
            here = next((place for place, rule in enumerate(working) if rule.pk == self.pk), None)
            if here is None:
                return None
            there = min(max(here + steps, 0), len(working) - 1)
            if there != here:
                mine, passed = working[here], working[there]
                rules.remove(mine)
                rules.insert(rules.index(passed) + (there > here), mine)
                _renumber(rules, but=mine)
                mine.keep(by=by, fields=["priority"])
                self.priority, self.version = mine.priority, mine.version
            return there + 1

    def switch(self, *, on: bool, by: User | None) -> None:
        with transaction.atomic():
            self.refresh_from_db(from_queryset=RoutingRule.objects.select_for_update(of=("self",)))
            if self.active != on:
                self.active = on
                self.keep(by=by, fields=["active"])

    @staticmethod
    def _locked_order() -> "list[RoutingRule]":
        """Also those that are switched off: they keep their place for when they work again."""
        return list(RoutingRule.objects.order_by("priority", "pk").select_for_update(of=("self",)))


def _renumber(rules: list[RoutingRule], *, but: RoutingRule | None = None) -> None:
    """`but` gets its number too, and saves it itself."""
    moved = []
    for priority, rule in enumerate(rules, start=1):
        if rule.priority != priority:
            rule.priority = priority
            moved.append(rule)
    RoutingRule.objects.bulk_update([rule for rule in moved if rule is not but], ["priority"])
