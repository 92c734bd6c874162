import datetime as dt
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kortrijk_gebied.menu import Personal

if TYPE_CHECKING:
    from teams.models import User


class SignalsConfig(AppConfig):
    name = "signals"
    verbose_name = _("Signals")

    def ready(self) -> None:
        from kortrijk_gebied import menu
        from signals import decided, lifting  # noqa: F401  they say what they want to hear of, and what they show
        from teams.briefing.since import register_last_end
        from teams.keeping import register_need

        register_need(_has_something_to_keep)
        register_last_end(_last_end_of_shift)
        menu.register_badge("inbox", _asking_for_a_hand)
        menu.register_badge("today", _called_for)
        menu.register_visible("inbox", _has_an_inbox)
        menu.register_personal(_hears_back)


def _has_something_to_keep(organisation_id: int) -> bool:
    from signals.keeping import has_something_to_keep

    return has_something_to_keep(organisation_id)


def _last_end_of_shift(user: "User", before: dt.datetime) -> dt.datetime | None:
    from signals.field.shifts import last_end

    return last_end(user, before)


def _asking_for_a_hand(request: HttpRequest) -> int:
    from signals.to_do import asking_for_a_hand
    from teams.decorators import viewer

    return asking_for_a_hand(viewer(request))


def _called_for(request: HttpRequest) -> int:
    from signals.models import Mention
    from teams.decorators import signed_in, viewer

    user = signed_in(request)
    if not Mention.objects.filter(user=user).unread().exists():  # mostly: then nobody asks what may still be read
        return 0
    return Mention.objects.of(user, viewer(request)).unread().count()


def _has_an_inbox(request: HttpRequest) -> bool:
    from teams.decorators import viewer

    access = viewer(request)
    return access.may("view") or access.may("work")


def _hears_back(request: HttpRequest) -> Personal | None:
    """For who registers, and for who ever heard what became of something."""
    from signals.models import Feedback
    from teams.decorators import signed_in, viewer

    counts = Feedback.objects.of(signed_in(request)).aggregate(
        all=Count("pk"), unread=Count("pk", filter=Q(read_at__isnull=True))
    )
    if not counts["all"] and not viewer(request).may("register"):
        return None
    url = reverse("feedback")
    return Personal(_("Feedback"), url, counts["unread"], request.path == url)
