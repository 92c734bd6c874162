"""Beside the form of the report desk: what it holds so far, and what colleagues answer to such a question."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from signals import drafts
from signals.models import Category, StandardText
from signals.models.texts import TextUse
from teams.decorators import allowed

MOST = 3


@allowed("register")
@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keep the draft, each second while somebody types. By POST: what people report does not belong in a web log."""
    return render(request, "signals/draft.html", {"kept_at": drafts.keep(request, request.POST)})


@allowed("register")
@require_POST
def draft_removal(request: HttpRequest) -> HttpResponse:
    drafts.forget(request, request.POST.get("id", ""))
    return redirect("signals:intake")


@allowed("register")
@require_POST
def answers(request: HttpRequest) -> HttpResponse:
    found = answers_to(request.POST.get("description", ""), request.POST.get("category"))
    return render(request, "signals/answers.html", {"answers": found})


def answers_to(words: str, category_key: object) -> list[StandardText]:
    """What is answered to such words; without words, or when those find nothing, what is answered on the subject."""
    usable = StandardText.objects.usable().filter(use=TextUse.ANSWER)
    found = list(usable.fitting(words[:1000])[:MOST])
    category = Category.objects.named_by(category_key)
    if not found and category:
        found = list(usable.filter(category__isnull=False).about(category)[:MOST])
    return found
