from typing import Any, cast

from django import forms
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signals.forms.rules import SubjectField
from signals.models import Category, StandardText
from signals.models.texts import TextUse
from teams.access import Access
from teams.models import User


class TextFilterForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Search for words"), max_length=200, required=False)
    soort = forms.ChoiceField(label=gettext_lazy("Used as"), choices=TextUse, required=False)

    @property
    def use(self) -> str:
        """The kind asked for; answers when nothing sensible was."""
        return (self.is_valid() and self.cleaned_data["soort"]) or TextUse.ANSWER

    @property
    def words(self) -> str:
        return self.cleaned_data["q"] if self.is_valid() else ""


class TextForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A text of the writer's own organisation, about any subject."""

    category = SubjectField(Category.objects.none(), required=False)

    class Meta:
        model = StandardText
        fields = ["use", "title", "category", "text", "source", "review_on"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 8}),
            "review_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.organisation_id is None:
            self.instance.organisation_id = viewer.organisation_id
        subject = cast(Any, self.fields["category"])
        subject.queryset = (
            Category.objects.filter(active=True).select_related("parent").order_by("parent__order", "order", "name")
        )
        field = StandardText._meta.get_field("category")
        subject.label, subject.help_text, subject.empty_label = _("Subject"), field.help_text, _("Every subject")

    def _get_validation_exclusions(self) -> set[str]:
        """The organisation is set by us: with it a title that exists already is refused in words."""
        return super()._get_validation_exclusions() - {"organisation"}  # type: ignore[misc, no-any-return]

    def saved(self, *, by: User) -> bool:
        if not self.is_valid():
            return False
        self.instance.written_by, self.instance.written_at = by, timezone.now()
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError:
            self.add_error("title", _("There is a text with this title already."))
            return False
        return True
