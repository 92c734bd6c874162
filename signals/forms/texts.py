from typing import Any, cast

from django import forms
from django.db import IntegrityError, transaction
from django.http import QueryDict
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
    # When what was read had been written: what a colleague wrote meanwhile is shown, not overwritten.
    read = forms.CharField(widget=forms.HiddenInput, required=False)
    meanwhile: StandardText | None = None

    class Meta:
        model = StandardText
        fields = ["use", "title", "category", "text", "source", "review_on"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 8}),
            "review_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        error_messages = {
            "use": {"required": gettext_lazy("Choose what the text is used for.")},
            "title": {"required": gettext_lazy("Give it a title.")},
            "text": {"required": gettext_lazy("Write the text itself.")},
        }

    def __init__(self, *args: Any, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["read"] = stamp(self.instance)
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
        try:
            with transaction.atomic():
                if self._was_written_meanwhile():
                    return False
                self.instance.written_by, self.instance.written_at = by, timezone.now()
                self.save()
        except IntegrityError:
            self.add_error("title", _("There is a text with this title already."))
            return False
        return True

    def _was_written_meanwhile(self) -> bool:
        """Then what was typed stays in the form; sent once more, it was weighed against what stands there now."""
        texts = StandardText.objects.select_for_update(of=("self",)).select_related("written_by")
        now = texts.filter(pk=self.instance.pk).first()
        if now is None or self.cleaned_data["read"] == stamp(now):
            return False
        self.meanwhile = now
        self.data = {**self.data.dict(), "read": stamp(now)} if isinstance(self.data, QueryDict) else self.data
        said = _("%(who)s changed this text meanwhile. Below stands what it says now; what you typed is here still.")
        self.add_error(None, said % {"who": now.written_by.name if now.written_by else _("A colleague")})
        return True


def stamp(text: StandardText) -> str:
    return text.written_at.isoformat() if text.pk else ""
