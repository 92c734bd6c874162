from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from signals.correction import Plan
from signals.forms.arrivals import AdmissionForm
from signals.models.corrected import Spot
from signals.task_lines import task_words
from signals.whereabouts import Point, Whereabouts, spot_of

KEEP, FOLLOW = "houden", "volgen"


class CorrectionForm(AdmissionForm):
    """What it is about and where, as it stands; and once they have seen what that means, who has it from now on."""

    who = forms.ChoiceField(label=_("Who has it from now on?"), required=False, widget=forms.RadioSelect)
    take_back = forms.MultipleChoiceField(
        label=_("If the rules are followed: take back what runs?"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is not ticked goes on. Its team hears that something was corrected."),
    )  # fmt: skip
    shown = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)

    is_same_place = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer(
            [(KEEP, ""), (FOLLOW, "")], [(str(key), "") for key in self.signal.tasks.values_list("pk", flat=True)]
        )

    def _offer(self, who: list[tuple[str, str]], tasks: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields["who"]).choices = who
        cast(forms.MultipleChoiceField, self.fields["take_back"]).choices = tasks

    def _look(self, text: str, chosen: str, point: Point | None) -> Whereabouts:
        """Words that nobody changed mean the spot it has: what was pointed at on a map is not looked up."""
        here = self.signal.spot
        self.is_same_place = " ".join(text.split()) == here.place and not (chosen or point)
        return Whereabouts(here.place) if self.is_same_place else super()._look(text, chosen, point)

    def _problems(self, point: Point | None, area: Area | None) -> list[str]:
        """The area it lies in now does not say which of several places is meant."""
        return super()._problems(point, None if area is None or area.pk == self.signal.area_id else area)

    @property
    def new_spot(self) -> Spot:
        here, area = self.signal.spot, self.cleaned_data.get("area")
        if self.is_same_place and (here.longitude is not None or here.area_id == (area.pk if area else None)):
            return here
        return spot_of(self.where, area)

    def settles(self, found: Plan) -> bool:
        """Whether they saw what it would become, and said who has it. What went unsaid stands beside its field."""
        if not (found.new_subject or found.new_place):
            self.add_error(None, _g("It stands like this already. Change the subject or the place."))
        if not found.asks or self.errors:
            return not self.errors
        saw_it = self.cleaned_data["shown"] == found.key
        if saw_it and found.asks_who and not self.cleaned_data["who"]:
            self.add_error("who", _g("Choose who has it from now on."))
        return saw_it and not self.errors

    def show(self, found: Plan) -> None:
        """Put the choices that there are into words."""
        stays = _g("It stays with %(team)s") if found.now.with_whom else _g("It stays to be divided")
        goes = _g("As the rules say: to %(team)s") if found.goes_to else _g("As the rules say: to be divided")
        tasks = [(str(task.pk), f"“{task.title}”: {task_words(task)}") for task in found.others]
        self._offer([(KEEP, stays % {"team": found.now.with_whom}), (FOLLOW, goes % {"team": found.goes_to})], tasks)
