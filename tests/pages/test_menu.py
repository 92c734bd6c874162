import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import path

from kortrijk_gebied import menu


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("postvak/", nothing, name="inbox"), path("zalen/", nothing, name="rooms")]


@pytest.fixture
def clean_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menu, "_badges", {})
    monkeypatch.setattr(menu, "_visible", {})
    monkeypatch.setattr(menu, "_who", [])


@pytest.mark.urls("tests.pages.test_menu")
@pytest.mark.usefixtures("clean_registry")
class TestMenu:
    def test_leaves_out_an_entrance_that_is_not_built(self, rf: RequestFactory) -> None:
        assert [item.name for item in menu.items(rf.get("/"))] == ["inbox", "rooms"]

    def test_marks_where_the_page_is(self, rf: RequestFactory) -> None:
        current = [item.name for item in menu.items(rf.get("/postvak/S-BOKA-7291/")) if item.is_current]
        assert current == ["inbox"]

    def test_shows_the_number_that_an_app_registered(self, rf: RequestFactory) -> None:
        menu.register_badge("inbox", lambda request: 23)
        assert menu.items(rf.get("/"))[0].count == 23

    def test_hides_what_a_person_has_no_use_for(self, rf: RequestFactory) -> None:
        menu.register_visible("rooms", lambda request: False)
        assert [item.name for item in menu.items(rf.get("/"))] == ["inbox"]

    def test_describes_who_is_signed_in(self, rf: RequestFactory) -> None:
        menu.register_who(lambda request: ["Coördinator, Stad"])
        assert menu.who_lines(rf.get("/")) == ["Coördinator, Stad"]
