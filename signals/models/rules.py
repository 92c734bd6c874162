from typing import Self

import pghistory
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from areas.models import Area
from signals.levels import Level
from signals.models.categories import Category
from signals.models.reports import Channel
from teams.access import Access, keeps_sealed_matter
from teams.models import Function, Team


class RoutingRuleQuerySet(models.QuerySet["RoutingRule"]):
    def in_order(self) -> Self:
        """Active rules, first match wins."""
        return self.filter(active=True).order_by("priority", "pk")

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
    areas = models.ManyToManyField(
        Area, blank=True, related_name="+", verbose_name=_("areas"), help_text=_("Any of these, of any set.")
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, null=True, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="rules", verbose_name=_("team"))
    term_days = models.PositiveSmallIntegerField(
        _("term in working days"), null=True, blank=True, help_text=_("Empty: that of the category.")
    )
    active = models.BooleanField(_("active"), default=True)

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
                condition=models.Q(term_days__isnull=True) | models.Q(term_days__lte=260),
                name="rule_term_sensible",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.team_id is None:
            return
        if self.team.organisation_id is None:
            raise ValidationError({"team": _g("%(team)s is a joint team: it executes no tasks.") % {"team": self.team}})
        for category in self._sealed_subjects():
            if category.owner_id != self.team.organisation_id:
                said = _g("“%(category)s” is sealed and stays with %(owner)s: choose a team of theirs.")
                raise ValidationError({"team": said % {"category": category, "owner": category.owner}})
            if not keeps_sealed_matter(self.team):
                said = _g("“%(category)s” is sealed, and nobody in %(team)s may read what is sealed.")
                raise ValidationError({"team": said % {"category": category, "team": self.team}})

    def _sealed_subjects(self) -> list[Category]:
        if self.level not in (None, Level.SEALED):
            return []
        sealed = Category.objects.filter(level=Level.SEALED).select_related("owner")
        if self.category_id is not None:
            sealed = sealed.filter(pk__in=Category.objects.subtree_ids(self.category_id))
        return list(sealed)

    def term_for(self, category: Category) -> int:
        """In working days."""
        return category.term_days if self.term_days is None else self.term_days

    @property
    def is_special(self) -> bool:
        """Whether it asks for more than a subject. Uses prefetched areas."""
        return bool(self.channel or self.level is not None or list(self.areas.all()))

    @property
    def sentence(self) -> str:
        """The rule as one reads it aloud. Uses prefetched areas, `category` and `team`."""
        what = [self.category.name if self.category else _g("Every subject")]
        if areas := [area.name for area in self.areas.all()]:
            what.append(_g("in %(areas)s") % {"areas": one_of(areas)})
        if self.channel:
            what.append(_g("by %(channel)s") % {"channel": self.get_channel_display()})
        if self.level is not None:
            what.append(_g("(level %(level)s)") % {"level": self.get_level_display()})
        words = {"what": " ".join(what), "team": self.team.name}
        days = self.term_days if self.term_days is not None else self.category.term_days if self.category else None
        if days is None:
            return _g("%(what)s goes to %(team)s, with the term of the subject.") % words
        return ngettext(
            "%(what)s goes to %(team)s, term %(days)s working day.",
            "%(what)s goes to %(team)s, term %(days)s working days.",
            days,
        ) % {**words, "days": days}

    def enter(self) -> None:
        """Put a new rule where it works: a special one before all others, a plain one after them."""
        with transaction.atomic():
            others = [rule for rule in self._locked_order() if rule.pk != self.pk]
            _renumber([self, *others] if self.is_special else [*others, self])

    def move(self, steps: int) -> None:
        """Change places with the rule that stands `steps` further down (negative: up), as far as there is one."""
        with transaction.atomic():
            rules = self._locked_order()
            here = next((place for place, rule in enumerate(rules) if rule.pk == self.pk), None)
            if here is None:
                return
            there = min(max(here + steps, 0), len(rules) - 1)
            rules.insert(there, rules.pop(here))
            _renumber(rules)

    @staticmethod
    def _locked_order() -> "list[RoutingRule]":
        return list(RoutingRule.objects.in_order().select_for_update(of=("self",)))


def _renumber(rules: list[RoutingRule]) -> None:
    moved = []
    for priority, rule in enumerate(rules, start=1):
        if rule.priority != priority:
            rule.priority = priority
            moved.append(rule)
    RoutingRule.objects.bulk_update(moved, ["priority"])


def one_of(names: list[str]) -> str:
    """As in: Overleie, Pius X or Marke."""
    if len(names) < 2:
        return "".join(names)
    return _g("%(first)s or %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
