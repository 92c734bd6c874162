from typing import Any, cast

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Area, AreaSet
from signals.models import Category, RoutingRule
from teams.access import Access, teams_that_work


class SubjectField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.parent.name} › {obj.name}" if obj.parent else str(obj.name)


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A rule about a subject of the viewer's own organisation. Empty conditions match everything."""

    category = SubjectField(Category.objects.none(), label=gettext_lazy("Subject"))

    class Meta:
        model = RoutingRule
        fields = ["name", "category", "areas", "channel", "level", "team", "term_days"]
        widgets = {"areas": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        category, areas, team = (cast(Any, self.fields[name]) for name in ["category", "areas", "team"])
        own = Category.objects.filter(active=True, owner_id=viewer.organisation_id)
        category.queryset = own.select_related("parent").order_by("parent__order", "order", "name")
        # Statistical sectors are too fine for a rule, and 113 boxes too many for a page.
        sets = AreaSet.objects.current().exclude(kind=AreaSet.Kind.SECTOR)
        areas.queryset = Area.objects.filter(set__in=sets).select_related("set").defer("boundary")
        areas.required = False
        team.queryset = teams_that_work().select_related("organisation").order_by("organisation", "name")
        team.error_messages["invalid_choice"] = _("Choose a team that executes tasks; a joint team only meets.")

    def area_groups(self) -> list[tuple[str, list[Any], int]]:
        """The boxes per set: name of the set, its boxes, how many are ticked."""
        sets = dict(cast(Any, self.fields["areas"]).queryset.values_list("pk", "set__name"))
        groups: dict[str, list[Any]] = {}
        for box in self["areas"].subwidgets:
            groups.setdefault(sets[box.data["value"].instance.pk], []).append(box)
        return [(name, boxes, sum(bool(box.data["selected"]) for box in boxes)) for name, boxes in groups.items()]

    def clean_category(self) -> Category:
        category: Category = self.cleaned_data["category"]
        below = Category.objects.filter(pk__in=Category.objects.subtree_ids(category.pk)).select_related("owner")
        foreign = below.exclude(owner_id=self.viewer.organisation_id).first()
        if foreign is not None:
            said = _("“%(category)s” below it belongs to %(owner)s. Make a rule per subject.")
            raise forms.ValidationError(said % {"category": foreign, "owner": foreign.owner})
        return category

    def saved(self) -> bool:
        if not self.is_valid():
            return False
        is_new = self.instance.pk is None
        try:
            with transaction.atomic():
                rule = self.save()
                if is_new:
                    rule.enter()
        except IntegrityError:
            self.add_error("name", _("A rule with this name was just added by somebody else."))
            return False
        return True
