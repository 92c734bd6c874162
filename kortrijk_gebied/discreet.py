"""A form whose texts others will read: it warns once of what could betray somebody, and then does as asked."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import get_text_list
from django.utils.translation import gettext as _g

from kortrijk_gebied.discretion import kinds_in
from kortrijk_gebied.refusals import Refused


class DiscreetForm(forms.Form):
    """Base of forms with free text. `discreet` names the fields that are looked through.

    The first time it refuses, with what it saw, and remembers that in `weighed`: sent again, it passes.
    """

    # Without an id: a page may hold several of these forms.
    weighed = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput(attrs={"id": False}))
    discreet: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "weighed"), "weighed"])

    def others_read_it(self, data: dict[str, Any]) -> bool:
        """Whether anybody reads it who does not have to know."""
        return True

    def refuse_words(self, texts: list[str]) -> None:
        """Raises `Refused` where no second time helps: who is told to save once more must then be served."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        texts = [data.get(name) or "" for name in self.discreet]
        try:
            self.refuse_words(texts)
        except Refused as refusal:
            self.add_error(None, str(refusal))
            return data
        seen = kinds_in(texts) if self.others_read_it(data) else []
        if {kind.value for kind in seen} - set(data.get("weighed", "").split()):
            data_with_it = QueryDict(mutable=True)
            data_with_it.update(self.data)
            data_with_it[self.add_prefix("weighed")] = " ".join(kind.value for kind in seen)
            self.data = data_with_it
            words = {"what": get_text_list([str(kind.label) for kind in seen], _g("and"))}
            said = _g(
                "Here stands %(what)s, and others read along. Take it out, or save once more if it must be there."
            )
            self.add_error(None, forms.ValidationError(said % words, code="weigh"))
        return data
