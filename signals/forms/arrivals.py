from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from signals.forms.place import Grouped, PlaceForm
from signals.forms.public import everywhere
from signals.models import Signal
from teams.access import Access


class AdmissionForm(PlaceForm):
    """What came in by itself is about, and where: what the desk would have asked on the phone."""

    category = Grouped(label=_("Subject"), error_messages={"required": _("Choose what it is about.")})

    def __init__(self, *args: Any, signal: Signal, access: Access, **kwargs: Any) -> None:
        # Who may add to it gives it its place, wherever that is.
        grants = {**access.area_grants, **everywhere().area_grants}
        super().__init__(*args, access=replace(access, area_grants=grants), **kwargs)
        self.signal = signal
        category = self.fields["category"]
        assert isinstance(category, Grouped)  # noqa: S101  for the type checker
        category.fill(_g("Choose a subject"))
        self.fields["place"].help_text = _g("Leave it empty when it is about no place.")
