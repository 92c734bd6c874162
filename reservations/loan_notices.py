"""Who hears what became of a loan: who asked for it, unless they did it themselves."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kortrijk_gebied.jobs.models import post
from reservations.models import Loan
from reservations.words import when_in_words
from teams.models import User

CONFIRMED, CANCELLED, ASKED_AGAIN, LATE = "confirmed", "cancelled", "asked again", "late"

SUBJECTS: dict[str, Promise] = {
    CONFIRMED: gettext_lazy("Confirmed: %(what)s"),
    CANCELLED: gettext_lazy("Cancelled: %(what)s"),
    ASKED_AGAIN: gettext_lazy("Not certain any more: %(what)s"),
    LATE: gettext_lazy("Please bring back: %(what)s"),
}
SENTENCES: dict[str, Promise] = {
    CONFIRMED: gettext_lazy("It lies ready for you."),
    CANCELLED: gettext_lazy("You do not get it any more."),
    ASKED_AGAIN: gettext_lazy("There are not so many any more at that moment. The keeper looks what can be done."),
    LATE: gettext_lazy("It should have been back by now. Bring it back, or call the house: others count on it."),
}


def tell(loan: Loan, what: str, *, by: User | None = None) -> None:
    """Of a loan a mail says what and when, never what for. That it is late is said once."""
    person = loan.created_by
    if person is None or not person.is_active or person == by:
        return
    building = loan.equipment.building
    lines = [
        _("Hello %(name)s") % {"name": person.name},
        "",
        str(loan),
        f"{building.name}{f', {building.contact_phone}' if building.contact_phone else ''}",
        when_in_words(loan.starts, loan.ends),
        "",
        str(SENTENCES[what]),
        *([_("Why: %(answer)s") % {"answer": loan.answer}] if loan.answer and what == CANCELLED else []),
        "",
        _("See it, or do something about it: %(link)s") % {"link": f"{settings.SITE_URL}{loan.get_absolute_url()}"},
    ]
    moment = "" if what == LATE else f":{loan.starts:%Y%m%dT%H%M}"
    post(
        key=f"loan:{loan.pk}:{what}{moment}:{person.pk}",
        to=person.email,
        reader_id=person.pk,
        subject=str(SUBJECTS[what]) % {"what": loan},
        body="\n".join(lines),
    )
