"""Profile figures read in from a file, by who manages areas."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from areas.profile_import import read
from kortrijk_gebied.tables import Unreadable
from teams.decorators import allowed

MOST_REFUSED = 200


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File with figures"), widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
        help_text=_("CSV: Gebied (code), Jaar, Onderwerp, Indicator, Doelgroep, Eenheid, Waarde, Bron."),
        error_messages={"required": _("Choose a file.")},
    )  # fmt: skip


@allowed("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def profile_import(request: HttpRequest) -> HttpResponse:
    """Repeating it is safe: what is known already stays as it is."""
    is_sent, context = request.method == "POST", dict[str, Any]()
    form = FileForm(request.POST, request.FILES) if is_sent else FileForm()
    if is_sent and form.is_valid():
        try:
            report = read(form.cleaned_data["file"])
            context = {"report": report, "refused": report.refused[:MOST_REFUSED]}
        except Unreadable as reason:
            form.add_error("file", str(reason))
    status = 422 if form.errors else 200
    return render(request, "teams/profile_import.html", {"form": form, **context}, status=status)
