"""What rooms cost, and what is due by the month, below /zalen/prijzen/. Paths are Dutch; names are English."""

from django.urls import path, register_converter

from reservations.views import holders, months, prices, quotes


class HolderKind:
    regex = "vereniging|organisatie"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(HolderKind, "holder_kind")

urlpatterns = [
    path("", prices.prices, name="prices"),
    path("wat-kost-het/", quotes.price_said, name="price-said"),
    path("groepen/", holders.price_holders, name="price-holders"),
    path("tarieven/nieuw/", prices.tariff_add, name="tariff-add"),
    path("tarieven/<int:pk>/", prices.tariff, name="tariff"),
    path("tarieven/<int:pk>/wijzigen/", prices.tariff_edit, name="tariff-edit"),
    path("tarieven/<int:pk>/geschiedenis/", prices.tariff_history, name="tariff-history"),
    path("tarieven/<int:pk>/prijzen/", prices.price_list_add, name="price-list-add"),
    path("tarieven/<int:pk>/prijzen/<int:number>/", prices.price_list_edit, name="price-list-edit"),
    path("lijst/", months.month_list, name="month-list"),
    path("lijst.csv", months.month_sheet, name="month-sheet"),
    path("lijst/afsluiting/", months.month_closing, name="month-closing"),
    path("lijst/<holder_kind:kind>/<int:pk>/", months.holder_month, name="holder-month"),
    path("lijst/<holder_kind:kind>/<int:pk>/lijst.csv", months.holder_month_sheet, name="holder-month-sheet"),
    path("lijst/<holder_kind:kind>/<int:pk>/lijst.pdf", months.holder_month_paper, name="holder-month-paper"),
]
