"""Who looked at the people of an association is on record, in the read log of the city."""

from collections.abc import Sequence

from kortrijk_gebied.audit.models import Look, record
from reservations.models import Association, Contact
from teams.models import Organisation, User
from teams.models.organisations import OrganisationKind

LIMITED = 1


def looked_at(contacts: Sequence[Contact], association: Association, *, by: User) -> None:
    if not contacts:
        return
    city = Organisation.objects.get(kind=OrganisationKind.CITY)
    looks = [Look(city.pk, "contact", each.pk, association.name[:40], LIMITED) for each in contacts]
    record(looks, reader_id=by.pk, reader_name=by.name, organisation_id=by.organisation_id, surface="association")
