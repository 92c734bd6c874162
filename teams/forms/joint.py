"""Teams of several organisations together: made and kept by who manages areas, or by an administrator."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from teams.access import Access, grant
from teams.forms.base import OnceForm, date_input
from teams.models import ExternalMember, Team
from teams.models.kinds import JOINT_KINDS, TeamKind

JOINT = [(kind.value, kind.label) for kind in JOINT_KINDS]
# The table of an area reads the open matter there; a group that looks at something else gets no such right.
FOLLOWING = {TeamKind.AREA}


class JointTeamForm(OnceForm):
    class Meta:
        model = Team
        fields = ["name", "kind", "areas", "purpose", "exit_criteria", "starts", "ends"]
        widgets = {
            "starts": date_input(),
            "ends": date_input(),
            "areas": forms.CheckboxSelectMultiple(),
            "purpose": forms.Textarea(attrs={"rows": 4}),
            "exit_criteria": forms.Textarea(attrs={"rows": 3}),
        }
        error_messages = {"name": {"required": _("Give the team a name.")}}

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind"), choices=[("", _("- Select an option -")), *JOINT],
            error_messages={"required": _("Choose what kind of team it is.")},
        )  # fmt: skip
        wanted = Area.objects.current().filter(pk__in=viewer.areas("manage")).defer("boundary")
        self.choice("areas").queryset = wanted.order_by("set", "position")

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        code = slugify(name)[:60]
        if not code or Team.objects.filter(code=code).exists():
            raise forms.ValidationError(_("There is a team with this name already: choose another."))
        self.instance.code = code
        return name

    def save(self, commit: bool = True) -> Team:
        team: Team = super().save(commit=commit)
        if team.kind in FOLLOWING:
            for area in team.areas.all():
                grant(team, "view", area)
        return team


class ExternalMemberForm(OnceForm):
    class Meta:
        model = ExternalMember
        fields = ["team", "name", "organisation_name", "email", "mandate", "mandate_until", "starts", "ends"]
        widgets = {
            "starts": date_input(),
            "ends": date_input(),
            "mandate_until": date_input(),
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
        }
        error_messages = {"name": {"required": _("Say who it is.")}}

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fix("team", team)

    def save(self, commit: bool = True) -> ExternalMember:
        """Sent twice it is one person at the table, who gets one mail."""
        if self.instance._state.adding:
            said = {name: self.cleaned_data[name] for name in self.Meta.fields}
            if there := ExternalMember.objects.filter(**said).first():
                return there
        made: ExternalMember = super().save(commit)
        return made
