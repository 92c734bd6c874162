"""From a real mail server into our keeping: whatever breaks off, each mail is kept once and lost never."""

from email.message import EmailMessage
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from django.db import DataError, OperationalError
from imap_tools import BaseMailBox

from kortrijk_gebied.jobs.models import Job
from signals.incoming import fetching
from signals.incoming.fetching import TOO_LARGE, fingerprint, is_silent, left_on_server, poll, store
from signals.incoming.taking import take
from signals.models import IncomingMail
from tests.mailbox import Dovecot
from tests.signals.incoming.conftest import letter

pytestmark = pytest.mark.usefixtures("kortrijk")


class PulledOut(BaseException):
    """As a power cut: nothing that follows is done."""


def cut(monkeypatch: pytest.MonkeyPatch, where: Any, name: str) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise PulledOut

    monkeypatch.setattr(where, name, fail)


class TestPoll:
    def test_takes_each_mail_off_the_server_into_a_row_with_a_job(self, mailbox: Dovecot) -> None:
        mailbox.deliver(letter("Een.").as_bytes(), letter("Twee.").as_bytes())
        assert poll() == 2
        assert mailbox.count() == 0
        assert IncomingMail.objects.count() == 2
        for mail in IncomingMail.objects.all():
            assert mail.sender == "an@voorbeeld.example"
            assert Job.objects.filter(key=f"read-mail:{mail.pk}", kind="read-mail").exists()
            with mail.raw.open() as file:
                assert b"From: An Peeters" in file.read()

    def test_takes_what_a_colleague_opened_already(self, mailbox: Dovecot) -> None:
        mailbox.deliver(letter().as_bytes())
        with mailbox.opened() as box:
            box.flag(box.uids(), ["\\Seen"], True)
        assert poll() == 1

    def test_does_nothing_without_a_mailbox(self, settings: LazySettings) -> None:
        settings.INTAKE_IMAP_URL = ""
        assert poll() == 0
        assert not is_silent()

    def test_leaves_the_work_to_who_is_at_it(self, mailbox: Dovecot) -> None:
        mailbox.deliver(letter().as_bytes())
        cache.add(fetching.BUSY, True)
        assert poll() == 0
        assert mailbox.count() == 1

    @pytest.mark.parametrize("url", ["imap://u:p@mail.example/INBOX", "http://mail.example"])
    def test_never_sends_a_password_unencrypted(self, settings: LazySettings, url: str) -> None:
        settings.DEMO, settings.INTAKE_IMAP_URL = False, url
        with pytest.raises(ImproperlyConfigured):
            poll()


class TestCrash:
    def test_between_fetching_and_storing_loses_nothing(
        self, mailbox: Dovecot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mailbox.deliver(letter().as_bytes())
        with monkeypatch.context() as patch:
            cut(patch, fetching, "store")
            with pytest.raises(PulledOut):
                poll()
        assert mailbox.count() == 1
        assert poll() == 1
        assert IncomingMail.objects.count() == 1

    def test_between_the_file_and_the_row_leaves_no_second_file(
        self, mailbox: Dovecot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mailbox.deliver(letter().as_bytes())
        with monkeypatch.context() as patch:
            cut(patch, IncomingMail, "save")
            with pytest.raises(PulledOut):
                poll()
        assert poll() == 1
        mail = IncomingMail.objects.get()
        folder, _, name = str(mail.raw.name).rpartition("/")
        assert [file for file in default_storage.listdir(folder)[1] if mail.fingerprint in file] == [name]

    def test_between_storing_and_taking_off_keeps_it_once(
        self, mailbox: Dovecot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mailbox.deliver(letter().as_bytes())
        with monkeypatch.context() as patch:
            cut(patch, BaseMailBox, "delete")
            with pytest.raises(PulledOut):
                poll()
        assert mailbox.count() == 1
        assert poll() == 0
        assert mailbox.count() == 0
        assert IncomingMail.objects.count() == Job.objects.filter(kind="read-mail").count() == 1

    def test_of_the_row_takes_its_job_along(self, mailbox: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
        mailbox.deliver(letter().as_bytes())
        with monkeypatch.context() as patch:
            cut(patch, fetching, "enqueue")
            with pytest.raises(PulledOut):
                poll()
        assert not IncomingMail.objects.exists()
        assert poll() == 1


class TestOneMail:
    """Somebody makes it so that it cannot be taken: the mail behind it is read all the same."""

    @pytest.mark.parametrize(
        "heading",
        [
            f"From: a@{'.'.join(['İ' * 60] * 4)}.be\r\nMessage-ID: <een@x.example>",  # longer in small letters
            "From: An <an@voorbeeld.example>\r\nMessage-ID: <e\x00en@x.example>",
            "From: A\x00n <an@voorbeeld.example>\r\nReferences: <e\x00en@x.example>",
        ],
    )
    def test_with_a_poisoned_heading_is_taken(self, mailbox: Dovecot, heading: str) -> None:
        raw = f"{heading}\r\nSubject: hoi\r\n\r\nDe lamp is stuk.\r\n".encode()
        mailbox.deliver(raw, letter("Erachter.").as_bytes())
        assert poll() == 2
        assert mailbox.count() == 0
        assert store(raw.replace(b"lamp", b"lantaarn"), len(raw)), "a server may give a NUL on as it came"
        for mail in IncomingMail.objects.all():
            assert len(mail.sender) <= 254
            take(mail)
        assert not IncomingMail.objects.exclude(state="registered").exists()

    def test_that_cannot_be_stored_stays_and_what_is_behind_it_is_read(
        self, mailbox: Dovecot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        real = fetching.store

        def refuse_one(raw: bytes, size: int) -> bool:
            if b"Zieke Rosa" in raw:
                raise DataError("value too long: Zieke Rosa")
            return real(raw, size)

        monkeypatch.setattr(fetching, "store", refuse_one)
        monkeypatch.setattr(fetching, "AT_ONCE", 1)
        mailbox.deliver(letter("Zieke Rosa.").as_bytes(), letter("Erachter.").as_bytes())
        assert poll() == 1
        assert mailbox.count() == 1
        assert IncomingMail.objects.count() == 1
        assert "stays in the mailbox: DataError" in caplog.text
        assert "Rosa" not in caplog.text
        assert (left_on_server(), is_silent()) == (1, False), "somebody must be told, and only what is so"
        monkeypatch.setattr(fetching, "store", real)
        assert poll() == 1
        assert left_on_server() == 0

    def test_is_not_blamed_for_a_database_that_is_away(self, mailbox: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
        def away(_raw: bytes, _size: int) -> bool:
            raise OperationalError

        monkeypatch.setattr(fetching, "store", away)
        mailbox.deliver(letter().as_bytes())
        with pytest.raises(OperationalError):
            poll()


class TestServer:
    def test_that_is_away_is_asked_again_later(self, mailbox: Dovecot) -> None:
        mailbox.deliver(letter().as_bytes())
        mailbox.stop()
        assert poll() == 0
        assert is_silent(), "somebody must be told"
        mailbox.start()
        assert poll() == 1
        assert not is_silent()

    def test_that_goes_away_halfway_loses_nothing(self, mailbox: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
        mailbox.deliver(*[letter(f"Nummer {number}.").as_bytes() for number in range(3)])
        real, stored = fetching.store, []

        def store_and_pull_the_plug(raw: bytes, size: int) -> bool:
            stored.append(real(raw, size))
            if len(stored) == 2:
                mailbox.kill()
            return stored[-1]

        with monkeypatch.context() as patch:
            patch.setattr(fetching, "store", store_and_pull_the_plug)
            assert poll() == 0
        mailbox.start()
        poll()
        assert mailbox.count() == 0
        assert IncomingMail.objects.count() == 3

    def test_that_refuses_the_password_names_no_password_in_the_log(
        self, mailbox: Dovecot, settings: LazySettings, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.INTAKE_IMAP_URL = mailbox.url.replace(":geheim@", ":andersgeheim@")
        assert poll() == 0
        assert "cannot be read" in caplog.text
        assert "andersgeheim" not in caplog.text


class TestTwice:
    def test_delivered_it_is_one(self, mailbox: Dovecot) -> None:
        """By two ways: what servers put above it differs."""
        mail = letter().as_bytes()
        mailbox.deliver(
            b"Received: from a.example\r\n by b.example\r\n" + mail,
            b"Received: from c.example\r\nX-Spam: no\r\n" + mail,
        )
        assert poll() == 1
        assert mailbox.count() == 0

    def test_written_with_one_message_id_it_is_two(self) -> None:
        one, other = letter("Een.", Message_ID="<een@x.example>"), letter("Twee.", Message_ID="<een@x.example>")
        assert store(one.as_bytes(), 1)
        assert store(other.as_bytes(), 1)

    def test_folded_differently_it_is_one(self) -> None:
        assert fingerprint(b"Subject: een\r\n twee\r\n\r\nja") == fingerprint(b"X-A: b\nSubject: een twee\n\nja")


class TestSize:
    def test_of_a_huge_mail_leaves_the_whole_of_it_on_the_server(
        self, mailbox: Dovecot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(fetching, "MOST_BYTES", 2_000)
        mail: EmailMessage = letter()
        mail.add_attachment(b"x" * 9_000, maintype="image", subtype="jpeg", filename="foto.jpg")
        mailbox.deliver(mail.as_bytes())
        assert poll() == 1
        kept = IncomingMail.objects.get()
        assert kept.size > kept.raw.size == 2_000
        assert (mailbox.count(), mailbox.count(TOO_LARGE)) == (0, 1)
