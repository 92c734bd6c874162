"""Which loans somebody may open, and what they read of them. Of what is not shared a keeper sees whose it is, how many
and until when; everybody else that so many are lent."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from reservations.models import Contact, Equipment, Loan, LoanState
from reservations.models.equipment import LoanQuerySet
from reservations.models.loan_states import LOAN_TRANSITIONS
from teams.access import Access
from teams.models import Organisation


def marked(viewer: Access) -> LoanQuerySet:
    """All loans, each with `is_readable` and `is_kept`."""
    readable = Loan.objects.readable(viewer).filter(pk=models.OuterRef("pk"))
    kept = Equipment.objects.none()
    if viewer.user_id is not None:
        kept = Equipment.objects.granted(viewer, "approve").filter(pk=models.OuterRef("equipment"))
    found = Loan.objects.annotate(is_readable=models.Exists(readable), is_kept=models.Exists(kept))
    return found.select_related(
        "equipment__building__owner", "organisation", "association", "team", "created_by",
        "booking__organisation", "booking__association", "booking__team", "booking__created_by", "booking__room",
        "booking__contact",
    )  # fmt: skip


def loan_for(viewer: Access, pk: object) -> Loan:
    seen = models.Q(is_readable=True) | models.Q(is_kept=True)
    return get_object_or_404(marked(viewer).filter(seen), pk=pk)


def kept_by(viewer: Access) -> LoanQuerySet:
    """Of what lies in the houses that they keep."""
    return marked(viewer).filter(equipment__in=Equipment.objects.granted(viewer, "approve"))


@dataclass(frozen=True)
class Line:
    """A loan as its viewer may see it."""

    loan: Loan
    people: Sequence[Contact] = ()  # of the association that has it, for the keeper: the first is asked first

    @property
    def reads(self) -> bool:
        return bool(self.loan.is_readable)  # type: ignore[attr-defined]

    @property
    def keeps(self) -> bool:
        return bool(self.loan.is_kept)  # type: ignore[attr-defined]

    @property
    def title(self) -> str:
        return self.loan.purpose if self.reads else _("Lent")

    @property
    def url(self) -> str:
        return self.loan.get_absolute_url() if self.reads or self.keeps else ""

    @property
    def organisation(self) -> Organisation | None:
        """Whose it is, for who reads it and for the keeper."""
        of = self.loan.booking or self.loan
        return of.organisation if self.reads or self.keeps else None

    @property
    def holder(self) -> str:
        of = self.loan.booking or self.loan
        if self.reads:
            return of.team.name if of.team else of.holder.name
        return of.holder.name if self.keeps else ""

    @property
    def person(self) -> Contact | None:
        """Of the association: whose number stands there."""
        return next(iter(self.people), None)

    @property
    def contact(self) -> tuple[str, str]:
        """Whom to call, with a number: of an association who asked, or somebody else of it; the team, else the
        colleague who asked, else their organisation."""
        of = self.loan.booking or self.loan
        found = [(each.name, each.phone) for each in self.people]
        if self.reads:
            found += [(of.team.name, of.team.phone)] if of.team else []
            found += [(of.created_by.name, of.created_by.phone)] if of.created_by else []
        found += [(self.organisation.name, self.organisation.phone)] if self.organisation else []
        return next((each for each in found if each[1]), ("", ""))

    def can(self, action: str) -> bool:
        return self.loan.state in LOAN_TRANSITIONS[action]

    @property
    def is_late(self) -> bool:
        return self.loan.is_late

    @property
    def waits(self) -> bool:
        """Asked, and the keeper of the things answers."""
        booking = self.loan.booking
        return self.loan.state == LoanState.ASKED and (booking is None or booking.occupies)


def lines_of(loans: Sequence[Loan], viewer: Access) -> list[Line]:
    """With whom to call of the associations: for the keeper, who lends to people of houses that others keep too."""
    theirs = {association for each in loans if (association := _association(each)) and Line(each).keeps}
    people: dict[int, list[Contact]] = defaultdict(list)
    if theirs:
        known = Contact.objects.readable(viewer).filter(association__in=theirs).exclude(phone="")
        for contact in known.order_by("-may_ask", "name"):
            people[contact.association_id].append(contact)
    found = []
    for each in loans:
        line = Line(each)
        own = people[_association(each) or 0] if line.keeps else []
        asked = each.booking.contact_id if each.booking and line.reads else None
        found.append(Line(each, sorted(own, key=lambda one: one.pk != asked)))
    return found


def _association(loan: Loan) -> int | None:
    return (loan.booking or loan).association_id
