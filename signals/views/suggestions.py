"""Which subject the words may be about, while somebody types them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from signals.suggesting.suggestions import suggestions
from teams.decorators import allowed


@allowed("register")
@require_POST
def suggested(request: HttpRequest) -> HttpResponse:
    """By POST, and nowhere kept: what people tell does not belong in a web log."""
    guessed = suggestions(request.POST.get("description", ""))
    return render(request, "signals/suggestions.html", {"suggestions": guessed})
