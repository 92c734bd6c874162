"""Of which areas somebody wants the news by mail, and how often."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kortrijk_gebied.access import member
from teams.access import Access
from teams.bulletins.filters import working_areas
from teams.decorators import signed_in, viewer
from teams.models import DigestChoice, User

NEVER = ""


class DigestForm(forms.Form):
    """A line per area that one may view; nothing chosen is no mail."""

    def __init__(self, *args: Any, user: User, viewer: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        chosen = dict(DigestChoice.objects.filter(user=user).values_list("area_id", "rhythm"))
        self.areas = list(working_areas().filter(pk__in=viewer.areas("view")))
        for area in self.areas:
            self.fields[f"gebied-{area.pk}"] = forms.ChoiceField(
                label=area.name, required=False, initial=chosen.get(area.pk, NEVER),
                choices=[(NEVER, _("no mail")), *DigestChoice.Rhythm.choices],
            )  # fmt: skip

    @transaction.atomic
    def save(self) -> None:
        """A rhythm that changes keeps up to when somebody was told."""
        for area in self.areas:
            rhythm = self.cleaned_data[f"gebied-{area.pk}"]
            mine = DigestChoice.objects.filter(user=self.user, area=area)
            if rhythm == NEVER:
                mine.delete()
            elif not mine.update(rhythm=rhythm):
                DigestChoice.objects.get_or_create(user=self.user, area=area, defaults={"rhythm": rhythm})


@member
@require_http_methods(["GET", "HEAD", "POST"])
def digests(request: HttpRequest) -> HttpResponse:
    form = DigestForm(request.POST if request.method == "POST" else None, user=signed_in(request),
                      viewer=viewer(request))  # fmt: skip
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. A mail comes only when there is something new."))
        return redirect("bulletins:digests")
    return render(request, "teams/bulletins/digests.html", {"form": form}, status=422 if form.errors else 200)
