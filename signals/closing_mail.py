"""The mail that says how it ended. Who writes the outcome reads beforehand what the same function makes of it."""

from django.conf import settings
from django.utils.translation import gettext as _

from signals.levels import Level
from signals.models import Report, Reporter, Signal
from signals.models.status_links import status_url

GAP = "\N{OBJECT REPLACEMENT CHARACTER}"  # where in a preview the outcome will stand


def closing_mail(signal: Signal, reporter: Reporter) -> str:
    link = "" if signal.level > Level.OPEN else status_url(reporter.report)
    return _text(signal, name=reporter.name, title=title_of(reporter.report), outcome=signal.outcome, link=link)


def title_of(report: Report) -> str:
    """What they reported themselves: the place on the signal may be what somebody else typed."""
    own = report.follows or report
    return f"{own.category.name} · {own.place}" if own.place else own.category.name


def previewed(signal: Signal) -> tuple[str, str]:
    """What stands above the outcome and below it; of what is not open all of it stands above."""
    own = signal.reports.filter(follows=None).select_related("category")[:2]
    title = title_of(own[0]) if len(own) == 1 else _("(what they reported)")
    link = _("(address of the reporter’s own page)")
    text = _text(signal, name=_("(name)"), title=title, outcome=GAP, link=link)
    above, _gap, below = text.partition(GAP)
    return above, below


def _text(signal: Signal, *, name: str, title: str, outcome: str, link: str) -> str:
    """A mail never holds limited or sealed content: then only that the right service has it."""
    if quiet := signal.level > Level.OPEN:
        outcome, link = _("Your report was delivered to the right service."), ""
    about = "" if quiet else _("Your report: %(title)s") % {"title": title} + "\n\n"
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
