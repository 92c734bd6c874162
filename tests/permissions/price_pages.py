"""The matrix of prices: everybody looks them up, keepers set them, amounts are for who owes and who keeps the house."""

from tests.permissions.booking_pages import ANSWERING, KEEPING
from tests.permissions.matrix import Row
from tests.permissions.people import ADMINISTERING, COLLEAGUES
from tests.permissions.prices import month

SETTING = ANSWERING | {"vereniging"} | ADMINISTERING  # of some house, or of their organisation
OF_THE_CITY = KEEPING | {"beheerder"}
KEPT = {200: OF_THE_CITY, 403: COLLEAGUES - OF_THE_CITY}
OWING = KEEPING | {"gebiedswerker"}  # Els asked it
IN_MONTH = f"?maand={month():%Y-%m}&eigenaar=stad"

ROWS = [
    Row("reservations:prices", get={200: COLLEAGUES}),
    Row("reservations:price-said", post={200: COLLEAGUES}),
    Row("reservations:price-holders", get=KEPT, post={302: OF_THE_CITY, 403: COLLEAGUES - OF_THE_CITY}),
    Row("reservations:tariff-add", get={200: SETTING, 403: COLLEAGUES - SETTING},
        post={200: SETTING, 403: COLLEAGUES - SETTING}),
    Row("reservations:tariff", "tariff", get=KEPT),
    Row("reservations:tariff-edit", "tariff", get=KEPT, post=KEPT),
    Row("reservations:tariff-history", "tariff", get=KEPT),
    Row("reservations:price-list-add", "tariff", get=KEPT, post=KEPT),
    Row("reservations:price-list-edit", "price list", get={302: OF_THE_CITY, 403: COLLEAGUES - OF_THE_CITY},
        post={302: OF_THE_CITY, 403: COLLEAGUES - OF_THE_CITY}),  # somebody was told these prices
    Row("reservations:month-list", get={200: COLLEAGUES}),
    Row("reservations:month-sheet", get={200: COLLEAGUES}),
    Row("reservations:month-closing", post={302: KEEPING, 403: COLLEAGUES - KEEPING}),
    *[
        Row(f"reservations:{address}", "month of a choir", get={200: OWING}, query=IN_MONTH)
        for address in ("holder-month", "holder-month-sheet", "holder-month-paper")
    ],
    Row("reservations:booking-discount", "booking of a choir", post={302: KEEPING, 403: COLLEAGUES - KEEPING}),
]  # fmt: skip
