"""Files in a form. A file that is refused never costs the words beside it, nor the other files."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.files.receiving import Upload, shown_name
from kortrijk_gebied.htmx import is_fragment
from kortrijk_gebied.refusals import Refused
from signals.attaching.files import Ready, read_file
from signals.attaching.keeping import MOST_FILES
from signals.attaching.patches import MOST_PATCHES, Patch
from signals.forms.notes import NoteForm
from signals.models import Attachment, AttachmentKind

# What a browser offers to choose. What is taken, the content decides.
PICTURES = "image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif"
ACCEPTED = f"{PICTURES},.heic,.heif,application/pdf"


@dataclass(frozen=True)
class Given:
    """What came with a form: files ready to be hung, and a sentence for each that was refused."""

    ready: list[Ready] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some files at once; the value is a `Given`. Only a required field without any file is an error of the form."""

    def __init__(self, *, most: int = MOST_FILES, **options: Any) -> None:
        self.most = most
        options.setdefault("widget", ManyFiles(attrs={"accept": ACCEPTED, "multiple": True}))
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        files: Sequence[Upload] = data if isinstance(data, list) else [data] if data else []
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"])
        given = Given()
        for number, file in enumerate(files):
            if number >= self.most:
                words = _g("“%(name)s”: at most %(most)s files at once. Add it afterwards.")
                given.refused.append(words % {"name": shown_name(file.name), "most": self.most})
                continue
            try:
                given.ready.append(read_file(file))
            except Refused as refusal:
                given.refused.append(str(refusal))
        return given


def say_choose_again(request: HttpRequest, form: forms.Form, name: str) -> None:
    """A page that comes back holds no files: no browser lets a page choose them. A form that htmx puts back into the
    page keeps those that were chosen."""
    if is_fragment(request) or not request.FILES.getlist(name):
        return
    said = _g("This page came back without the photos and documents you chose. Choose them once more.")
    if form.is_bound:
        form.add_error(name, said)
    else:
        form.fields[name].help_text = said


class AttachmentForm(NoteForm):
    """Photos and documents for a running signal, with who reads them, as a note has."""

    text = None  # type: ignore[assignment]  # the way to leave a field of a form out
    files = FilesField(  # type: ignore[assignment]  # a form keeps what it was given under this name too, elsewhere
        label=_("Photos and documents"),
        help_text=_("JPEG, PNG, WebP, GIF, HEIC or PDF. Place and date of taking are removed."),
        error_messages={"required": _("Choose a photo or a document.")},
    )
    field_order = ("files", "level")

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files=files, **kwargs)


class DescriptionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Attachment
        fields = ("name", "description")
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "name": "",
            "description": _("What is to be seen, for a colleague who cannot see it. No names of people."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind == AttachmentKind.PHOTO:
            del self.fields["name"]
        else:
            self.fields["name"].required = True
            self.fields["description"].help_text = _g("What it is about, in a sentence. No names of people.")


class PatchForm(forms.Form):
    """One rectangle, in percent of the photo."""

    x = forms.FloatField(label=_("From the left"), min_value=0, max_value=100)
    y = forms.FloatField(label=_("From the top"), min_value=0, max_value=100)
    width = forms.FloatField(label=_("Width"), min_value=0.5, max_value=100)
    height = forms.FloatField(label=_("Height"), min_value=0.5, max_value=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for bound in self.fields.values():
            bound.widget.attrs |= {"step": "0.5", "inputmode": "decimal"}
            bound.error_messages |= {"required": _g("Fill in all four, or none.")}

    @property
    def patch(self) -> Patch:
        data = self.cleaned_data
        return Patch(data["x"], data["y"], data["width"], data["height"])


class _Patches(forms.BaseFormSet):  # type: ignore[type-arg]
    def initial_form_count(self) -> int:
        """Any row may be left empty, also one that was filled in before."""
        return 0

    @property
    def patches(self) -> list[Patch]:
        """Those that are filled in; a row left empty is no rectangle."""
        return [form.patch for form in self.forms if form.is_valid() and form.has_changed()]


PatchFormSet = forms.formset_factory(
    PatchForm, formset=_Patches, extra=1, max_num=MOST_PATCHES, absolute_max=MOST_PATCHES, validate_max=True
)
