from typing import Any, cast

from django import forms
from django.db import IntegrityError, transaction
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Area, AreaSet
from kortrijk_gebied.limits import TERM_DAYS, at_most
from signals.models import Category, RoutingRule
from signals.models.rules import TERMS
from teams.access import Access, teams_that_work
from teams.models import Function, Post, User

NOT_ASKED = ("", gettext_lazy("does not matter"))
# What stands folded away while nothing of it is filled in.
WHEN = ("day_from", "day_until", "time_from", "time_until", "in_one_stretch", "holiday")


class SubjectField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.parent.name} › {obj.name}" if obj.parent else str(obj.name)


def time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def day_field(label: Any) -> forms.TypedChoiceField:
    days = [NOT_ASKED, *WEEKDAYS.items()]
    return forms.TypedChoiceField(label=label, coerce=int, empty_value=None, required=False, choices=days)


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A rule about a subject of the viewer's own organisation. Empty conditions match everything."""

    category = SubjectField(Category.objects.none(), label=gettext_lazy("Subject"))
    area_ids = forms.ModelMultipleChoiceField(
        Area.objects.none(), label=gettext_lazy("Areas"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Any of these, of any set."),
    )  # fmt: skip
    day_from = day_field(gettext_lazy("From day"))
    day_until = day_field(gettext_lazy("Up to and including day"))
    in_one_stretch = forms.BooleanField(
        label=gettext_lazy("In one stretch, such as Friday evening to Monday morning"), required=False
    )
    holiday = forms.TypedChoiceField(
        label=gettext_lazy("Public holiday"), coerce=lambda value: value == "1", empty_value=None, required=False,
        choices=[NOT_ASKED, ("1", gettext_lazy("only on a public holiday")),
                 ("0", gettext_lazy("never on a public holiday"))],
    )  # fmt: skip
    # The version that was read: what somebody else changed meanwhile is not overwritten.
    read = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = RoutingRule
        fields = list(TERMS)
        widgets = {
            "time_from": time_input(), "time_until": time_input(), "starts": date_input(), "ends": date_input(),
        }  # fmt: skip
        labels = {
            "words": gettext_lazy("Words in the text"), "time_from": gettext_lazy("From time"),
            "time_until": gettext_lazy("Until time"), "starts": gettext_lazy("Holds from"),
            "ends": gettext_lazy("Holds up to and including"), "post_function": gettext_lazy("For which post"),
        }  # fmt: skip
        help_texts = {
            "time_until": gettext_lazy("Past midnight is fine: from 22:00 until 6:00."),
            "post_function": gettext_lazy("The task goes to who holds this post for the area that day."),
        }

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.is_new = self.instance.pk is None
        category, areas, team = (cast(Any, self.fields[name]) for name in ["category", "area_ids", "team"])
        own = Category.objects.filter(active=True, owner_id=viewer.organisation_id)
        category.queryset = own.select_related("parent").order_by("parent__order", "order", "name")
        # Statistical sectors are too fine for a rule, and 113 boxes too many for a page.
        sets = AreaSet.objects.current().exclude(kind=AreaSet.Kind.SECTOR)
        areas.queryset = Area.objects.filter(set__in=sets).select_related("set").defer("boundary")
        team.queryset = teams_that_work().select_related("organisation").order_by("organisation", "name")
        team.error_messages["invalid_choice"] = _("Choose a team that executes tasks; a joint team only meets.")
        category.empty_label, team.empty_label = _("Choose a subject"), _("Choose a team")
        held = Post.objects.filter(team__in=team.queryset.values("pk")).order_by().values_list("function", flat=True)
        known = [(value, label) for value, label in Function.choices if value in set(held.distinct())]
        cast(Any, self.fields["post_function"]).choices = [("", _("none: the whole team")), *known]
        cast(Any, self.fields["channel"]).choices = [NOT_ASKED, *cast(Any, self.fields["channel"]).choices[1:]]
        cast(Any, self.fields["level"]).choices = [NOT_ASKED, *cast(Any, self.fields["level"]).choices[1:]]
        at_most(self.fields["term_days"], TERM_DAYS, _("A term is 260 working days at most: that is a year."))
        self.initial["read"] = self.instance.version
        if self.instance.holiday is not None:
            self.initial["holiday"] = "1" if self.instance.holiday else "0"

    def area_groups(self) -> list[tuple[str, list[Any], int]]:
        """The boxes per set: name of the set, its boxes, how many are ticked."""
        groups: dict[str, list[Any]] = {}
        for box in self["area_ids"].subwidgets:
            groups.setdefault(box.data["value"].instance.set.name, []).append(box)
        return [(name, boxes, sum(bool(box.data["selected"]) for box in boxes)) for name, boxes in groups.items()]

    def asks_for_time(self) -> bool:
        return any(self[name].value() not in (None, "", False) for name in WHEN)

    def clean_category(self) -> Category:
        category: Category = self.cleaned_data["category"]
        below = Category.objects.filter(pk__in=Category.objects.subtree_ids(category.pk)).select_related("owner")
        foreign = below.exclude(owner_id=self.viewer.organisation_id).first()
        if foreign is not None:
            said = _("“%(category)s” below it belongs to %(owner)s. Make a rule per subject.")
            raise forms.ValidationError(said % {"category": foreign, "owner": foreign.owner})
        return category

    def clean_area_ids(self) -> list[int]:
        return sorted(area.pk for area in self.cleaned_data["area_ids"])

    def clean(self) -> dict[str, Any] | None:
        if not self.is_new and self.cleaned_data.get("read") != self.instance.version:
            by = self.instance.changed_by
            said = _("%(who)s changed this rule meanwhile. Look at it as it is now; what you typed stands here still.")
            raise forms.ValidationError(said % {"who": by.name if by else _("A colleague")})
        return super().clean()

    def saved(self, *, by: User, active: bool | None = None) -> bool:
        """Keep it as a new version. A new rule is put where it works, and is on or off as asked.
        The caller holds the row of a rule that was there."""
        if not self.is_valid():
            return False
        try:
            with transaction.atomic():
                if active is not None:
                    self.instance.active = active
                self.instance.keep(by=by)
                if self.is_new:
                    self.instance.enter()
        except IntegrityError:
            self.add_error("name", _("A rule with this name was just added by somebody else."))
            return False
        return True
