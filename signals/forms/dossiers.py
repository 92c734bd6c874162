import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from kortrijk_gebied.discreet import DiscreetForm
from signals.levels import Level
from signals.models import Signal
from signals.models.dossiers import DossierKind
from teams.access import Access, teams_that_work

REFERENCE = re.compile(r"(?<!\w)S-[A-Z]{4}-\d{4}(?!\w)", re.IGNORECASE)
BETWEEN = re.compile(r"[\s,;]+")
NO_WORDS = {"", "en", "&", "+"}  # what people write between two references
MOST_AT_ONCE = 50
MOST_NAMED = 5


def stray_words(text: str) -> list[str]:
    """What stands beside the references. Perhaps it was meant as one: it is never left out in silence."""
    beside = (word.strip(".()") for word in BETWEEN.split(REFERENCE.sub(" ", text)))
    return [word for word in beside if word.lower() not in NO_WORDS]


class DossierForm(DiscreetForm):
    """What is needed to begin a dossier."""

    discreet = ("title", "purpose")
    title = forms.CharField(label=_("Title"), max_length=120, error_messages={"required": _("Give it a title.")})
    kind = forms.ChoiceField(label=_("Kind"), choices=DossierKind)
    purpose = forms.CharField(
        label=_("What it is for"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    area = forms.ModelChoiceField(
        Area.objects.none(), label=_("Area"), empty_label=_("Choose an area"),
        error_messages={"required": _("Choose an area.")},
    )  # fmt: skip
    team = forms.ModelChoiceField(
        teams_that_work(), label=_("Team that keeps it"), empty_label=_("Choose a team"),
        error_messages={"required": _("Choose a team.")},
    )  # fmt: skip
    level = forms.TypedChoiceField(label=_("Who reads it"), coerce=int, widget=forms.RadioSelect, initial=Level.OPEN)

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area, team, level = (cast(Any, self.fields[name]) for name in ("area", "team", "level"))
        area.queryset = (
            Area.objects.current()
            .filter(pk__in=viewer.areas("view"), set__kind="working")
            .defer("boundary")
            .order_by("name")
        )
        team.queryset = teams_that_work().filter(organisation=viewer.organisation_id).order_by("name")
        level.choices = [
            (Level.OPEN.value, _g("Everybody who follows the area")),
            (Level.LIMITED.value, _g("Only your organisation")),
            (Level.SEALED.value, _g("Only who reads sealed matter in the team that keeps it")),
        ]


class EntriesForm(forms.Form):
    """Signals to put in a dossier: ticked among what is proposed, and references as one types them."""

    references = forms.CharField(
        label=_("References"),
        required=False,
        max_length=1000,
        help_text=_("Such as S-BOKA-7291; several with a space."),
    )
    signal = forms.MultipleChoiceField(required=False)

    def __init__(self, data: Any = None, *, viewer: Access, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.viewer = viewer
        chosen = cast(forms.MultipleChoiceField, self.fields["signal"])
        chosen.choices = [(reference, reference) for reference in (data.getlist("signal") if data else [])]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        text = data.get("references", "")
        typed = [reference.upper() for reference in REFERENCE.findall(text)]
        if stray := stray_words(text):
            said = _g("This is no reference: %(words)s. Mend it or take it away; nothing was put in the dossier yet.")
            self.add_error("references", said % {"words": ", ".join(f"“{word}”" for word in stray[:MOST_NAMED])})
        wanted = list(dict.fromkeys([*typed, *data.get("signal", [])]))
        if len(wanted) > MOST_AT_ONCE:
            said = _g("These are %(count)s signals. Put at most %(most)s in at once, and the others after that.")
            self.add_error("references", said % {"count": len(wanted), "most": MOST_AT_ONCE})
            wanted = wanted[:MOST_AT_ONCE]
        found = {
            signal.reference: signal for signal in Signal.objects.readable(self.viewer).filter(reference__in=wanted)
        }
        if missing := [reference for reference in wanted if reference not in found]:
            # The same words for what is not there and for what may not be read.
            self.add_error("references", _g("Not found: %(references)s.") % {"references": ", ".join(missing)})
        if not wanted and not self.errors:
            self.add_error("references", _g("Tick a signal, or type a reference."))
        data["signals"] = [found[reference] for reference in wanted if reference in found]
        return data


class DossierNoteForm(DiscreetForm):
    discreet = ("text",)
    text = forms.CharField(
        label=_("Note"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("An empty note says nothing.")},
    )  # fmt: skip


class DossierClosureForm(DiscreetForm):
    discreet = ("outcome",)
    outcome = forms.CharField(
        label=_("What came of it?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a sentence what came of it.")},
    )  # fmt: skip
