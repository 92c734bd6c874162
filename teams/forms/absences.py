from typing import Any

from django.utils.translation import gettext_lazy as _

from teams.access import Access
from teams.forms.base import OnceForm, date_input
from teams.models import Absence, User
from teams.models.absences import KEEPERS
from teams.rota.missing import tell_planners


class AbsenceForm(OnceForm):
    """Of oneself; who keeps the people of an organisation chooses of whom."""

    class Meta:
        model = Absence
        fields = ["user", "starts", "ends", "replaced_by"]
        widgets = {"starts": date_input(), "ends": date_input()}
        error_messages = {"ends": {"required": _("Say up to and including which day.")}}

    def __init__(self, *args: Any, viewer: Access, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_organisation = User.objects.filter(is_active=True, organisation=person.organisation_id).order_by(
            "name", "pk"
        )
        if person.organisation_id is None:
            of_organisation = User.objects.filter(pk=person.pk)
        self.choice("user").queryset = of_organisation
        self.choice("replaced_by").queryset = of_organisation
        if not self.instance._state.adding:
            self.fix("user", self.instance.user)
        elif viewer.holds(*KEEPERS):
            self.initial.setdefault("user", person)
        else:
            self.fix("user", person)
        self.by = person

    def save(self, commit: bool = True) -> Absence:
        """Who makes a rota that counts on this person hears of it at once."""
        absence: Absence = super().save(commit)
        tell_planners(absence, by=self.by)
        return absence
