import re

import pytest
from django.core import mail
from django.test import Client

from kortrijk_gebied.jobs import tasks
from kortrijk_gebied.jobs.models import Job
from teams.models import User
from tests.pages.conftest import PASSWORD

LOGIN = "/account/login/"


def attempt(client: Client, password: str, email: str = "alice@kortrijk.example") -> str:
    return client.post(LOGIN, {"login": email, "password": password}, follow=True).content.decode()


class TestSignIn:
    def test_opens_with_the_right_password(self, client: Client, alice: User) -> None:
        response = client.post(LOGIN, {"login": alice.email, "password": PASSWORD, "next": "/account/password/change/"})
        assert response.status_code == 302
        assert response["Location"] == "/account/password/change/"
        assert client.get("/account/password/change/").status_code == 200

    def test_takes_the_address_in_any_case(self, client: Client, alice: User) -> None:
        response = client.post(LOGIN, {"login": "Alice@Kortrijk.Example", "password": PASSWORD, "next": "/privacy/"})
        assert response.status_code == 302

    def test_refuses_a_wrong_password_and_keeps_the_address(self, client: Client, alice: User) -> None:
        html = attempt(client, "fout")
        assert "Dit klopt nog niet" in html
        assert 'value="alice@kortrijk.example"' in html
        assert "fout" not in re.findall(r'value="([^"]*)"', html)

    def test_says_the_same_about_an_unknown_address(self, client: Client, alice: User) -> None:
        known, unknown = (attempt(client, "fout", email) for email in (alice.email, "niemand@kortrijk.example"))
        assert summary(known) == summary(unknown)

    def test_refuses_the_right_password_after_ten_wrong_ones(self, client: Client, alice: User) -> None:
        for _ in range(10):
            attempt(client, "fout")
        eleventh = client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
        assert "sessionid" not in client.cookies
        assert eleventh.status_code in {200, 429}
        assert "Te veel" in eleventh.content.decode() or "Even geduld" in eleventh.content.decode()

    def test_opens_for_who_shares_an_address_with_many_who_mistyped(self, client: Client, alice: User) -> None:
        """Thirty wardens begin their shift behind one address."""
        for number in range(30):
            attempt(client, "fout", f"wacht{number}@kortrijk.example")
        assert client.post(LOGIN, {"login": alice.email, "password": PASSWORD}).status_code == 302

    def test_never_leads_to_another_site(self, client: Client, alice: User) -> None:
        response = client.post(LOGIN, {"login": alice.email, "password": PASSWORD, "next": "https://elders.example/"})
        assert "elders.example" not in response["Location"]

    def test_refuses_a_closed_account(self, client: Client, alice: User) -> None:
        User.objects.filter(pk=alice.pk).update(is_active=False)
        attempt(client, PASSWORD)
        assert client.get("/account/password/change/").status_code == 302


class TestSignOut:
    def test_happens_on_post(self, signed_in: Client) -> None:
        signed_in.post("/account/logout/")
        assert signed_in.get("/account/password/change/").status_code == 302

    def test_asks_first_on_get(self, signed_in: Client) -> None:
        assert "Afmelden?" in signed_in.get("/account/logout/").content.decode()
        assert signed_in.get("/account/password/change/").status_code == 200


class TestSignUp:
    def test_says_whom_to_ask(self, client: Client, db: None) -> None:
        assert "beheerder" in client.get("/account/signup/").content.decode()

    def test_refuses_a_form(self, client: Client, db: None) -> None:
        data = {"email": "eve@kortrijk.example", "password1": PASSWORD}
        assert client.post("/account/signup/", data).status_code == 405
        assert not User.objects.filter(email="eve@kortrijk.example").exists()

    @pytest.mark.parametrize("address", ["email", "confirm-email", "password/set", "login/code", "reauthenticate"])
    def test_has_no_side_doors(self, client: Client, db: None, address: str) -> None:
        assert client.get(f"/account/{address}/").status_code == 404


class TestPasswordReset:
    def test_mails_a_dutch_link_that_works_once(self, client: Client, alice: User) -> None:
        link = reset_link(client, alice)
        page = client.get(link, follow=True)
        new = "zeven-bruggen-over-de-leie-in-mei"
        done = client.post(page.wsgi_request.path, {"password1": new, "password2": new}, follow=True)
        assert "Je wachtwoord is gewijzigd" in done.content.decode()
        assert client.login(email=alice.email, password=new)
        assert "Deze link werkt niet meer" in Client().get(link, follow=True).content.decode()

    def test_refuses_a_short_password_in_dutch(self, client: Client, alice: User) -> None:
        page = client.get(reset_link(client, alice), follow=True)
        html = client.post(page.wsgi_request.path, {"password1": "kort", "password2": "kort"}).content.decode()
        assert "te kort" in html

    def test_answers_an_unknown_address_the_same_way(self, client: Client, alice: User) -> None:
        answers = {
            client.post("/account/password/reset/", {"email": email})["Location"]
            for email in (alice.email, "niemand@kortrijk.example")
        }
        send_mail()
        assert answers == {"/account/password/reset/done/"}
        assert "geen account" in mail.outbox[1].body

    def test_stops_after_a_few_requests_for_one_address(self, client: Client, alice: User) -> None:
        answers = [client.post("/account/password/reset/", {"email": alice.email}) for _ in range(4)]
        assert answers[-1].status_code == 429
        assert "Even geduld" in answers[-1].content.decode()
        send_mail()
        assert len(mail.outbox) == 3


class TestPasswordChange:
    def test_asks_for_the_old_one(self, signed_in: Client, alice: User) -> None:
        new = "zeven-bruggen-over-de-leie-in-mei"
        signed_in.post("/account/password/change/", {"oldpassword": "fout", "password1": new, "password2": new})
        alice.refresh_from_db()
        assert alice.check_password(PASSWORD)

    def test_signs_out_afterwards(self, signed_in: Client, alice: User) -> None:
        new = "zeven-bruggen-over-de-leie-in-mei"
        signed_in.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
        alice.refresh_from_db()
        assert alice.check_password(new)
        assert signed_in.get("/account/password/change/").status_code == 302


def reset_link(client: Client, person: User) -> str:
    client.post("/account/password/reset/", {"email": person.email})
    send_mail()
    message = mail.outbox[-1]
    assert message.subject == "Kies een nieuw wachtwoord"
    assert "drie dagen" in message.body
    found = re.search(r"https?://[^/\s]+(/account/password/reset/key/\S+)", str(message.body))
    assert found
    return found[1]


def send_mail() -> None:
    """What a worker does."""
    for pk in Job.objects.due().filter(kind="account-mail").order_by("pk").values_list("pk", flat=True):
        tasks.run_job(str(pk))


def summary(html: str) -> str:
    found = re.search(r"data-error-summary.*?</div>", html, re.DOTALL)
    assert found
    return found[0]
