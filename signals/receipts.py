"""Mail to who reported, the moment it came in. It holds no word of the report: whoever reads along learns nothing."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kortrijk_gebied.jobs.models import Message, State, post
from signals.models import Report, Signal, UnprovenAddress
from signals.models.status_links import status_url


def send_receipt(
    *, report: Report, to: str, about: object = None, refused: int = 0, send_after: dt.datetime | None = None
) -> Message:  # fmt: skip
    """The same for whatever was reported. `about` is what came in, when that is not the report itself."""
    first = report.follows or report
    words = {
        "day": date_format(timezone.localtime(report.received_at), "j F Y"),
        "link": status_url(first),
        "files": _refused(refused),
    }
    return post(
        key=f"receipt:{first.pk}:{about or ''}",
        to=to,
        subject=_("We received your report"),
        body=_(
            "Dear citizen\n\nWe received what you reported on %(day)s, and it goes to the right service.\n%(files)s\n"
            "See how it stands, or say that it is not solved: %(link)s\n\n"
            "Anything to add? Answer this mail.\n\nReport desk 1777, city of Kortrijk\n\nUrgent? Call 112 or 101."
        )
        % words,
        send_after=send_after,
    )


def take_back_receipts(signal: Signal) -> None:
    """Those that did not leave yet, of a report that was no report after all."""
    for pk in signal.reports.values_list("pk", flat=True):
        for message in Message.objects.filter(key__startswith=f"receipt:{pk}:", state=State.WAITING):
            message.withdraw()


def _refused(count: int) -> str:
    if not count:
        return ""
    said = ngettext(
        "%(count)s file could not be taken in. Send photos as JPEG, PNG or HEIC, and documents as PDF.",
        "%(count)s files could not be taken in. Send photos as JPEG, PNG or HEIC, and documents as PDF.",
        count,
    )
    return f"\n{said % {'count': count}}\n"


def ask_for_proof(*, address: UnprovenAddress) -> Message:
    link = f"{settings.SITE_URL}{reverse('report-proof', args=[address.token])}"
    return post(
        key=f"proof:{address.report_id}",
        to=address.email,
        subject=_("Is this your address?"),
        body=_(
            "Dear citizen\n\nSomebody reported something to the city of Kortrijk and gave this address. Was it you? "
            "Then open this page and press the button. From then on our answer comes to you:\n\n%(link)s\n\n"
            "It works for three days. Was it not you? Then do nothing: we forget your address.\n\n"
            "Report desk 1777, city of Kortrijk\n\nUrgent? Call 112 or 101."
        )
        % {"link": link},
    )
