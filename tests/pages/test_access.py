import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, path

from kortrijk_gebied.access import guarded, member, public
from teams.models import User

PAGE = "/account/password/change/"


class TestMember:
    def test_sends_a_visitor_to_sign_in_and_back(self, client: Client, db: None) -> None:
        response = client.get(f"{PAGE}?x=1")
        assert response.status_code == 302
        assert response["Location"] == "/account/login/?next=/account/password/change/%3Fx%3D1"

    def test_lets_somebody_in_who_signed_in(self, signed_in: Client) -> None:
        assert signed_in.get(PAGE).status_code == 200

    def test_keeps_the_answer_out_of_every_cache(self, signed_in: Client) -> None:
        assert signed_in.get(PAGE)["Cache-Control"] == "no-store, private"

    def test_shuts_out_a_closed_account(self, signed_in: Client, alice: User) -> None:
        User.objects.filter(pk=alice.pk).update(is_active=False)
        assert signed_in.get(PAGE).status_code == 302

    def test_sends_the_whole_page_of_a_fragment_to_sign_in(self, client: Client, db: None) -> None:
        response = client.get(
            PAGE, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/postvak/?view=late"}
        )
        assert response.status_code == 401
        assert response["HX-Redirect"].startswith("/account/login/?next=")
        assert "view%3Dlate" in response["HX-Redirect"]
        assert response.content == b""

    @pytest.mark.parametrize("elsewhere", ["https://elders.example/postvak/", "", "javascript:alert(1)"])
    def test_never_comes_back_to_another_site(self, client: Client, db: None, elsewhere: str) -> None:
        response = client.get(PAGE, headers={"HX-Request": "true", "HX-Current-URL": elsewhere})
        assert response["HX-Redirect"] == "/account/login/?next=/"


class TestMarks:
    def test_are_carried_by_the_view(self) -> None:
        assert public(_view).access == "public"  # type: ignore[attr-defined]
        assert member(_view).access == "member"  # type: ignore[attr-defined]

    def test_survive_on_entries_of_another_app(self) -> None:
        entries: list[URLPattern | URLResolver] = [
            path("a/", _view, name="a"),
            path("b/", ([path("c/", _view)], "x", "y")),
        ]
        wrapped = guarded(entries, public)
        outer, inner = wrapped
        assert isinstance(outer, URLPattern)
        assert isinstance(inner, URLResolver)
        callbacks = [outer.callback, inner.url_patterns[0].callback]
        assert [getattr(callback, "access", None) for callback in callbacks] == ["public", "public"]

    def test_keep_what_the_view_answers(self, rf: RequestFactory) -> None:
        assert public(_view)(rf.get("/")).status_code == 204


def _view(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204)
