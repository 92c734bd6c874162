"""Looking at a case consultation leaves a row with every organisation that sat there."""

from collections.abc import Iterable

from kortrijk_gebied.audit.models import Look, record
from teams.models import CaseConsultation, User

SEALED = 2


def looked_at(consultations: Iterable[CaseConsultation], *, by: User, surface: str) -> None:
    """The officer of each organisation whose people took part finds out who looked. Houses come prefetched."""
    looks = [
        Look(house, "caseconsultation", consultation.pk, consultation.reference, SEALED)
        for consultation in consultations
        for house in sorted(house.pk for house in consultation.houses.all())
    ]
    record(looks, reader_id=by.pk, reader_name=by.name, organisation_id=by.organisation_id, surface=surface)
