"""Who looked at the people of an association is on record, in the read log of the city."""

from collections.abc import Iterable

from kortrijk_gebied.audit.models import Look, record
from reservations.models import Association, Contact
from teams.models import Organisation, User
from teams.models.organisations import OrganisationKind

LIMITED = 1


def looked_at(contacts: Iterable[Contact | None], *, by: User, surface: str = "association") -> None:
    """Those without anybody, None, say nothing; somebody who stands there twice was looked at once."""
    seen = {each.pk: each for each in contacts if each}
    if not seen:
        return
    city = Organisation.objects.get(kind=OrganisationKind.CITY)
    names = dict(Association.objects.filter(contacts__in=seen).values_list("pk", "name"))
    looks = [Look(city.pk, "contact", pk, names[each.association_id][:40], LIMITED) for pk, each in seen.items()]
    record(looks, reader_id=by.pk, reader_name=by.name, organisation_id=by.organisation_id, surface=surface)
