"""The matrix of lending: every colleague looks and asks; keepers of the house serve the counter and keep the stock."""

from tests.permissions.booking_pages import ANSWERING, ELS, KEEPING, READING
from tests.permissions.matrix import Row
from tests.permissions.people import COLLEAGUES

KEPT = {200: KEEPING, 403: COLLEAGUES - KEEPING}
SERVED = {302: KEEPING, 403: COLLEAGUES - KEEPING}
SOME_HOUSE = ANSWERING | {"vereniging"}  # manage one
SEES = READING | KEEPING  # the keepers see whose it is, not what for

ROWS = [
    Row("reservations:equipment", get={200: COLLEAGUES}),
    Row("reservations:equipment-item", "equipment", get={200: COLLEAGUES}),
    Row("reservations:equipment-add", get={200: SOME_HOUSE, 403: COLLEAGUES - SOME_HOUSE},
        post={200: SOME_HOUSE, 403: COLLEAGUES - SOME_HOUSE}),
    Row("reservations:equipment-edit", "equipment", get=KEPT, post=KEPT),
    Row("reservations:equipment-history", "equipment", get=KEPT),
    Row("reservations:loan-add", "equipment", get={302: COLLEAGUES}, post={302: COLLEAGUES}),
    Row("reservations:loan-counter", get={200: ANSWERING, 403: COLLEAGUES - ANSWERING}),
    Row("reservations:loan", "loan", get={200: COLLEAGUES}),
    Row("reservations:loan", "loan not shared", get={200: SEES}),
    Row("reservations:loan-confirmation", "loan asked", post=SERVED),
    Row("reservations:loan-confirmation", "loan not shared", post={409: KEEPING, 403: READING}),
    Row("reservations:loan-pickup", "loan", post=SERVED),
    Row("reservations:loan-return", "loan out", post={422: KEEPING, 403: COLLEAGUES - KEEPING}),
    Row("reservations:loan-cancellation", "loan", post={302: ELS, 403: COLLEAGUES - ELS}),
    Row("reservations:loan-cancellation", "loan not shared",
        post={302: KEEPING | {"verpleegkundige"}, 403: READING - {"verpleegkundige"}}),
]  # fmt: skip
