from typing import Any, cast

from allauth.account.models import EmailAddress
from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams.access import Access
from teams.forms.base import OnceForm, date_input
from teams.models import Function, Membership, Team, User
from teams.models.mandates import Role


class PersonForm(OnceForm):
    class Meta:
        model = User
        fields = ["name", "email", "phone"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "phone": forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
        }

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                _("Somebody has this address already. In another organisation? Then ask its administrator.")
            )
        return email

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        person: User = super().save(commit=commit)
        if "email" in self.changed_data:
            # Sign-in keeps a list of addresses of its own: the old one must not open the account any longer.
            EmailAddress.objects.filter(user=person).delete()
        return person


class PeopleFilter(forms.Form):
    q = forms.CharField(label=gettext_lazy("Name or e-mail address"), required=False, max_length=100)
    function = forms.ChoiceField(label=gettext_lazy("Function"), required=False)
    shown = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=[
            ("", gettext_lazy("active")),
            ("inactive", gettext_lazy("no longer active")),
            ("all", gettext_lazy("everybody")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        functions = cast(forms.ChoiceField, self.fields["function"])
        functions.choices = [("", _("every function")), *Function.choices]


class MembershipForm(OnceForm):
    """A person in a team with a function, for a while. Person, team and function of an existing one stay."""

    class Meta:
        model = Membership
        fields = ["user", "team", "function", "role", "mandate", "mandate_until", "starts", "ends"]
        widgets = {"starts": date_input(), "ends": date_input(), "mandate_until": date_input()}
        error_messages = {
            "user": {"required": gettext_lazy("Choose who.")},
            "team": {"required": gettext_lazy("Choose a team.")},
            "function": {"required": gettext_lazy("Choose what somebody does there.")},
        }

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.fields["role"].required = False
        people, teams = self.choice("user"), self.choice("team")
        people.queryset = User.objects.managed_by(viewer).filter(is_active=True)
        people.error_messages["invalid_choice"] = _("Choose somebody of your own organisation.")
        teams.queryset = Team.objects.managed_by(viewer)
        teams.error_messages["invalid_choice"] = _("You do not manage this team.")
        if self.instance.pk:
            for name in ["user", "team", "function"]:
                self.fix(name, getattr(self.instance, name))

    def clean_role(self) -> str:
        return str(self.cleaned_data["role"] or Role.MEMBER)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        person = self.cleaned_data.get("user")
        if person is not None and person.pk == self.viewer.user_id:
            # Nobody opens a door for themselves: what an administrator may see is decided by a colleague.
            raise forms.ValidationError(_("Your own memberships are changed by another administrator."))
        return cleaned
