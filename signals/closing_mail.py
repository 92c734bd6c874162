"""The mail that says how it ended. Who writes the outcome reads beforehand what the same function makes of it."""

from django.conf import settings
from django.utils.translation import gettext as _

from signals.levels import Level
from signals.models import Reporter, Signal
from signals.models.status_links import status_url

GAP = "\N{OBJECT REPLACEMENT CHARACTER}"  # where in a preview the outcome will stand


def closing_mail(signal: Signal, reporter: Reporter) -> str:
    link = "" if signal.level > Level.OPEN else status_url(reporter.report)
    return _text(signal, name=reporter.name, outcome=signal.outcome, link=link)


def previewed(signal: Signal) -> tuple[str, str]:
    """What stands above the outcome and below it; of what is not open all of it stands above."""
    text = _text(signal, name=_("(name)"), outcome=GAP, link=_("(address of the reporter’s own page)"))
    above, _gap, below = text.partition(GAP)
    return above, below


def _text(signal: Signal, *, name: str, outcome: str, link: str) -> str:
    """A mail never holds limited or sealed content: then only that the right service has it."""
    if quiet := signal.level > Level.OPEN:
        outcome, link = _("Your report was delivered to the right service."), ""
    about = "" if quiet else _("Your report: %(title)s") % {"title": signal.title} + "\n\n"
    follow = _("Not resolved? Tell us within 30 days: %(link)s") % {"link": link} + "\n\n" if link else ""
    return _(
        "Dear %(name)s\n\n%(about)s%(outcome)s\n\n%(follow)sThank you for letting us know.\n\n"
        "Report desk 1777, city of Kortrijk\n%(site)s\n\nUrgent? Call 112 or 101."
    ) % {
        "name": name or _("citizen"),
        "about": about,
        "outcome": outcome,
        "follow": follow,
        "site": settings.SITE_URL,
    }
