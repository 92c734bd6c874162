"""Who keeps the register of associations, and who says what there is to do."""

from teams.access import Access
from teams.models import Function, Organisation
from teams.models.organisations import OrganisationKind

KEEPERS = (
    Function.COORDINATOR, Function.CULTURAL_OFFICER, Function.CENTRE_MANAGER, Function.BUILDING_MANAGER,
    Function.ADMINISTRATOR,
)  # fmt: skip
# Of their own organisation: a service centre writes its own meals and courses.
TELLERS = (
    *KEEPERS, Function.AREA_WORKER, Function.PROJECT_OFFICER, Function.SERVICE_DESK, Function.NEIGHBOURHOOD_WORKER,
)  # fmt: skip


def keeps_register(viewer: Access) -> bool:
    """The city keeps it. Asked before the query: most people hold none of the functions."""
    return viewer.holds(*KEEPERS) and is_of_city(viewer)


def is_of_city(viewer: Access) -> bool:
    found = Organisation.objects.filter(kind=OrganisationKind.CITY)
    return viewer.organisation_id is not None and found.filter(pk=viewer.organisation_id).exists()


def tells(viewer: Access) -> bool:
    """May write activities at all."""
    return viewer.organisation_id is not None and viewer.holds(*TELLERS)
