"""The matrix of every page that is not about one signal."""

from tests.permissions import care_pages, colleague_pages, inventory_pages, rota_pages, street_pages
from tests.permissions.matrix import Row
from tests.permissions.people import (
    ADMINISTERING,
    ANYBODY,
    COLLEAGUES,
    IMPORTING,
    NOBODY,
    PROTECTING,
    REGISTERING,
    SORTING,
    STRANGER,
    WORKING,
)  # fmt: skip

type Who = set[str]

MAILING = {"agent", "coordinator", "coordinator.rand"}


def page(address: str, to: Who = COLLEAGUES, on: str = "", *, shown: Who | None = None) -> Row:
    """A page to read, for everybody who passes its guard or for those it is `shown`."""
    return Row(address, on, to, get={200: to if shown is None else shown})


def form(address: str, to: Who = COLLEAGUES, *, wrong: int = 422) -> Row:
    """A page with a form; sent without a word it answers `wrong`."""
    return Row(address, "", to, get={200: to}, post={wrong: to})


def kept(address: str, on: str, by: Who, *, to: Who = ADMINISTERING, told: Who = NOBODY) -> Row:
    """The form of one object, for its keepers: 403 to who is `told` that it is there, to the others it is not."""
    return Row(address, on, to, get={200: by, 403: told - by}, post={200: by, 403: told - by})


def act(address: str, on: str, by: Who, *, to: Who = ADMINISTERING, told: Who = NOBODY) -> Row:
    return Row(address, on, to, post={302: by, 403: told - by})


ANYBODYS = [
    Row("home", "", ANYBODY, get={302: ANYBODY}),
    page("health", ANYBODY),
    Row("favicon", "", ANYBODY, get={302: ANYBODY}),
    page("robots", ANYBODY),
    page("accessibility", ANYBODY),
    page("privacy", ANYBODY),
    page("areas:places", ANYBODY),
    page("areas:borders", ANYBODY, "borders"),
    Row("report", "", ANYBODY, get={302: ANYBODY}, post={422: ANYBODY}),
    Row("report-form", "public form", ANYBODY, get={200: ANYBODY}, post={422: ANYBODY}),
    Row("report-proof", "proof link", ANYBODY, get={200: ANYBODY}, post={302: ANYBODY}),
    Row("report-proof", "invented proof link", ANYBODY, get={404: ANYBODY}, post={404: ANYBODY}),
    page("status-page", ANYBODY, "status link"),
    page("status-page", ANYBODY, "invented status link", shown=NOBODY),
    Row("status-reopening", "status link", ANYBODY, post={302: ANYBODY}),
    Row("status-reopening", "invented status link", ANYBODY, post={404: ANYBODY}),
    Row("status-satisfaction", "status link", ANYBODY, post={422: ANYBODY}),
    Row("status-satisfaction", "invented status link", ANYBODY, post={404: ANYBODY}),
    Row("areas:place-choices", "", ANYBODY, post={200: ANYBODY}),
    Row("account_login", "", ANYBODY, get={302: COLLEAGUES, 200: {STRANGER}}, post={302: COLLEAGUES, 200: {STRANGER}}),
    Row("account_logout", "", ANYBODY, get={200: COLLEAGUES, 302: {STRANGER}}, post={302: ANYBODY}),
    page("account_signup", ANYBODY),
    page("account_inactive", ANYBODY),
    form("account_reset_password", ANYBODY, wrong=200),
    page("account_reset_password_done", ANYBODY),
    Row("account_reset_password_from_key", "forgotten password", ANYBODY, get={200: ANYBODY}, post={200: ANYBODY}),
    page("account_reset_password_from_key_done", ANYBODY),
]
EVERY_COLLEAGUES = [
    page("today"),
    page("feedback"),
    page("rooms"),
    page("areas:areas"),
    page("areas:area", on="area"),
    page("areas:area-section", on="block"),
    page("areas:contact"),
    page("areas:contact-answer"),
    Row("areas:tile", "tile", get={404: COLLEAGUES}),  # no base map is configured
    page("reports:reports"),  # an empty list for who follows no area
    page("teams:me"),
    page("teams:teams"),
    form("account_change_password", wrong=200),
]
SOME_COLLEAGUES = [
    page("inbox", WORKING),
    page("inbox-rows", WORKING),
    page("inbox-counts", WORKING),
    page("inbox-points", WORKING),
    Row("inbox-news", "", WORKING, get={204: WORKING}),
    Row("inbox-choice", "", WORKING, post={302: WORKING}),
    Row("inbox-selection", "", WORKING, post={303: WORKING}),
    page("bulk", WORKING, "choice of many", shown={"coordinator"}),
    page("bulk-progress", WORKING, "choice of many", shown={"coordinator"}),
    Row("bulk-execution", "choice of many", WORKING, post={422: {"coordinator"}}),
    Row("bulk-undo", "choice of many", WORKING, post={303: {"coordinator"}}),
    page("saved-filters", WORKING),
    form("saved-filter-add", WORKING),
    Row("saved-filter", "own filter", WORKING, get={302: {"coordinator"}}),
    Row("saved-filter", "filter by link", WORKING, get={302: WORKING}),
    Row("saved-filter-edit", "own filter", WORKING, get={200: {"coordinator"}}, post={422: {"coordinator"}}),
    Row("saved-filter-edit", "filter by link", WORKING, get={200: {"coordinator"}}, post={422: {"coordinator"}}),
    Row("saved-filter-end", "own filter", WORKING, post={302: {"coordinator"}}),
    form("signals:intake", REGISTERING),
    Row("signals:intake-surroundings", "", REGISTERING, post={200: REGISTERING}),
    Row("signals:intake-suggestions", "", REGISTERING, post={200: REGISTERING}),
    page("signals:intake-saved", REGISTERING, "own report", shown={"gemeenschapswacht"}),
    # The mailbox is the city's.
    page("signals:mail", SORTING),
    page("signals:mail-source", SORTING, "mail left over", shown=MAILING),
    Row("signals:mail-registration", "mail left over", SORTING, post={302: MAILING}),
    Row("signals:mail-settlement", "mail left over", SORTING, post={302: MAILING}),
    form("signals:imports", IMPORTING),
    page("signals:import", IMPORTING, "import", shown={"coordinator"}),
    Row("signals:import-columns", "import", IMPORTING, post={422: {"coordinator"}}),
    Row("signals:import-execution", "import", IMPORTING, post={422: {"coordinator"}}),
    page("signals:import-progress", IMPORTING, "import done", shown={"coordinator"}),
    page("signals:import-refused", IMPORTING, "import done", shown={"coordinator"}),
    form("signals:export", WORKING, wrong=200),
    page("signals:exports", PROTECTING),
    page("signals:forecast", WORKING),
    page("teams:read-log", PROTECTING),
    page("teams:read-log-csv", PROTECTING),
    Row("teams:read-log-check", "", PROTECTING, post={200: PROTECTING}),
]


ROWS = [
    *ANYBODYS,
    *EVERY_COLLEAGUES,
    *SOME_COLLEAGUES,
    *care_pages.ROWS,
    *colleague_pages.ROWS,
    *rota_pages.ROWS,
    *street_pages.ROWS,
    *inventory_pages.ROWS,
]
