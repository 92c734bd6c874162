import pytest

from areas.models import Place

pytestmark = pytest.mark.usefixtures("areas")


def best(text: str) -> str | None:
    found = Place.objects.search(text).first()
    return found.name if found else None


class TestSearch:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("Overleiestraat", "Overleiestraat"),
            ("overleistraat", "Overleiestraat"),
            ("  grote   markt ", "Grote Markt"),
            ("grotemarkt", "Grote Markt"),
            ("condedreef", "Condédreef"),
            ("zwevegemsest", "Zwevegemsestraat"),
            ("oudenaardse steenweg", "Oudenaardsesteenweg"),
            ("sint elisabethlaan", "Sint-Elisabethlaan"),
        ],
    )
    def test_forgives_typing(self, typed: str, meant: str) -> None:
        assert best(typed) == meant

    def test_finds_every_street_of_that_name(self) -> None:
        found = Place.objects.search("Meensesteenweg").filter(name="Meensesteenweg")
        assert {place.locality for place in found} == {"Kortrijk", "Bissegem"}

    def test_puts_what_begins_with_the_text_first(self) -> None:
        assert {p.name for p in Place.objects.search("overlei")[:2]} == {"Overleie", "Overleiestraat"}

    @pytest.mark.parametrize("typed", ["", "   ", "xyzzyq"])
    def test_finds_nothing_for_nothing(self, typed: str) -> None:
        assert not Place.objects.search(typed).exists()

    def test_is_one_query(self, django_assert_num_queries: pytest.FixtureRequest) -> None:
        with django_assert_num_queries(1):  # type: ignore[operator]
            list(Place.objects.search("overleie")[:10])
