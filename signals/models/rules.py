import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from signals.levels import Level
from signals.models.categories import Category
from signals.models.reports import Channel
from teams.models import Team


class RoutingRuleQuerySet(models.QuerySet["RoutingRule"]):
    def in_order(self) -> "RoutingRuleQuerySet":
        """Active rules, first match wins."""
        return self.filter(active=True).order_by("priority", "pk")


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
