"""Of which areas somebody wants the news by mail, and how often."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_http_methods

from areas.models import Area
from kortrijk_gebied.access import member
from teams.access import Access
from teams.bulletins.filters import working_areas
from teams.decorators import signed_in, viewer
from teams.models import DigestChoice, User

Rhythm = DigestChoice.Rhythm


class DigestForm(forms.Form):
    """Areas that one may view; none chosen is no mail."""

    areas = forms.ModelMultipleChoiceField(
        Area.objects.none(), label=_l("Of which areas?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    rhythm = forms.ChoiceField(label=_l("How often?"), choices=Rhythm.choices, required=False, widget=forms.RadioSelect)
    everywhere = forms.BooleanField(required=False)  # a button

    def __init__(self, *args: Any, user: User, viewer: Access, **kwargs: Any) -> None:
        self.user, self.within = user, working_areas().filter(pk__in=viewer.areas("view"))
        chosen = dict(DigestChoice.objects.filter(user=user, area__in=self.within).values_list("area", "rhythm"))
        rhythm = Rhythm.DAILY if Rhythm.DAILY in chosen.values() else Rhythm.WEEKLY
        kwargs["initial"] = {"areas": list(chosen), "rhythm": rhythm}
        super().__init__(*args, **kwargs)
        areas: Any = self.fields["areas"]
        areas.queryset = self.within

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("everywhere"):
            data["areas"] = self.within
        if data.get("areas") and "rhythm" not in self.errors and not data.get("rhythm"):
            self.add_error("rhythm", _("Say how often the mail comes."))
        return data

    @transaction.atomic
    def save(self) -> None:
        """A rhythm that changes keeps up to when somebody was told."""
        chosen, rhythm = list(self.cleaned_data["areas"]), self.cleaned_data["rhythm"]
        mine = DigestChoice.objects.filter(user=self.user)
        mine.filter(area__in=self.within).exclude(area__in=chosen).delete()
        mine.filter(area__in=chosen).update(rhythm=rhythm)
        for area in chosen:
            mine.get_or_create(user=self.user, area=area, defaults={"rhythm": rhythm})


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
