"""Looking at a case consultation leaves a row with every organisation that sat there."""

from collections.abc import Iterable

from kortrijk_gebied.audit.models import Look, record
from teams.models import CaseConsultation, User

SEALED = 2


def looked_at(consultations: Iterable[CaseConsultation], *, by: User, surface: str) -> None:
    """The officer of each organisation whose people took part finds out who looked. Participants come prefetched."""
    looks = [
        Look(organisation, "caseconsultation", consultation.pk, consultation.reference, SEALED)
        for consultation in consultations
        for organisation in sorted(
            {consultation.organisation_id}
            | {person.organisation_id for person in consultation.participants.all() if person.organisation_id}
        )
    ]
    record(looks, reader_id=by.pk, reader_name=by.name, organisation_id=by.organisation_id, surface=surface)
