"""Mails as they really come: whatever is wrong with one, it raises nothing, and what can be read of it is read."""

import base64
import io
import random
from contextlib import suppress
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from PIL import Image

from kortrijk_gebied.refusals import Refused
from signals.incoming import letters
from signals.incoming.letters import letter_of
from signals.incoming.prose import text_of_html, without_quotes
from signals.models import MailState
from tests.signals.incoming.conftest import Receive, letter, made


def raw(headers: str, body: bytes = b"Dag") -> bytes:
    return headers.strip().encode("utf-8").replace(b"\n", b"\r\n") + b"\r\n\r\n" + body


def jpeg() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "olive").save(picture, "JPEG")
    return picture.getvalue()


class TestCharset:
    @pytest.mark.parametrize(
        ("declared", "sent"),
        [
            ("utf-8", "café".encode()), ("iso-8859-1", "café".encode("latin-1")), ("windows-1252", b"caf\xe9"),
            ("us-ascii", "café".encode()), ("iso-8859-1", "café".encode()), ("utf-8", b"caf\xe9"),
            ("x-bestaat-niet", "café".encode()), ("utf-16", "café".encode("utf-16")), ("", b"caf\xe9"),
        ],
    )  # fmt: skip
    def test_that_is_wrong_or_missing_is_seen_through(self, declared: str, sent: bytes) -> None:
        kind = f"Content-Type: text/plain; charset={declared}" if declared else "X-Geen: type"
        assert letter_of(raw(f"From: a@b.be\n{kind}", sent)).text == "café"

    @pytest.mark.parametrize(
        "subject",
        [
            "=?utf-8?B?Y2Fmw6k=?=", "=?iso-8859-1?Q?caf=E9?=", "=?x-niets?B?Y2Fmw6k=?=", "café",
            "=?utf-8?Q?caf?= =?utf-8?Q?=C3=A9?=",
        ],
    )  # fmt: skip
    def test_of_a_header_is_seen_through(self, subject: str) -> None:
        assert letter_of(raw(f"From: a@b.be\nSubject: {subject}")).subject == "café"

    def test_of_a_header_that_is_no_code_leaves_it_as_it_is(self) -> None:
        assert letter_of(raw("From: a@b.be\nSubject: =?utf-8?B?###?=")).text == "Dag"

    def test_leaves_nothing_that_cannot_be_kept_or_seen(self) -> None:
        assert letter_of(raw("From: a@b.be\nSubject: x", b"ga\x00naar\xe2\x80\xae rechts")).text == "ganaar rechts"


class TestSender:
    @pytest.mark.parametrize(
        ("header", "sender"),
        [
            ("An <AN@b.be>", "an@b.be"), ("an@b.be, bo@b.be", "an@b.be"),
            ("=?utf-8?Q?An_=3Can=40b=2Ebe=3E?=", "an@b.be"), ("geen adres", ""), ("", ""), ("<a@b", ""),
            ("a b <@>", ""), ('"x\ny" <a@b.be>', ""),
        ],
    )  # fmt: skip
    def test_is_an_address_or_nobody(self, header: str, sender: str) -> None:
        assert letters.heading_of(raw(f"From: {header}\nSubject: x")).sender == sender


class TestText:
    def test_is_that_of_the_page_when_there_is_no_other(self) -> None:
        page = "<style>p{}</style><p>Dag&nbsp;<b>buur</b></p><script>steel()</script><p>Een put.<br>Diep.</p>"
        mail = letter("")
        mail.set_content(page, subtype="html")
        assert letter_of(mail.as_bytes()).text == "Dag buur\n\nEen put.\nDiep."

    def test_is_the_plain_one_of_two(self) -> None:
        mail = letter("Gewoon.")
        mail.add_alternative("<p>Mooi.</p>", subtype="html")
        assert letter_of(mail.as_bytes()).text == "Gewoon."

    def test_is_the_page_when_the_plain_one_is_empty(self) -> None:
        mail = letter(" \n")
        mail.add_alternative("<p>Mooi.</p>", subtype="html")
        assert letter_of(mail.as_bytes()).text == "Mooi."

    def test_of_a_page_holds_no_page(self) -> None:
        assert text_of_html("<img src=x onerror=alert(1)><iframe>a</iframe><p>1 &lt; 2</p>").endswith("1 < 2")

    def test_of_a_mail_within_a_mail_is_read_too(self) -> None:
        mail = letter("Zie bijlage.")
        mail.add_attachment(letter("Het echte verhaal."))
        assert "Het echte verhaal." in letter_of(mail.as_bytes()).text


class TestQuotes:
    @pytest.mark.parametrize(
        "below",
        [
            "Op za 21 nov. 2026 om 14:30 schreef Meldpunt 1777 <gebied@kortrijk.example>:\n> Beste",
            "Op zaterdag 21 november 2026 om 14:30 schreef Meldpunt 1777\n<gebied@kortrijk.example>:\n\n> Beste",
            "Le sam. 21 nov. 2026 à 14:30, Meldpunt <g@k.example> a écrit :\n> Beste",
            "On Sat, Nov 21, 2026 at 2:30 PM Meldpunt <g@k.example> wrote:\n> Beste",
            "Am Sa., 21. Nov. 2026 um 14:30 Uhr schrieb Meldpunt <g@k.example>:\n> Beste",
            "________________________________\nVan: Meldpunt\nVerzonden: zaterdag 21 november 2026\nAan: An\n\nBeste",
            "-----Oorspronkelijk bericht-----\nVan: Meldpunt\nBeste",
            "Van: Meldpunt 1777\nDatum: 21 november\nAan: An\n\nBeste",
            "> Beste\n> wij kregen",
        ],
    )
    def test_below_an_answer_are_left_out(self, below: str) -> None:
        assert without_quotes(f"Het hek ligt plat.\nKom snel.\n\n{below}") == "Het hek ligt plat.\nKom snel."

    def test_between_which_somebody_answers_leave_the_answers(self) -> None:
        assert without_quotes("> Waar is het?\nAan de brug.\n> Sinds wanneer?\nGisteren.") == "Aan de brug.\nGisteren."

    def test_are_all_there_is_when_nothing_else_is(self) -> None:
        assert without_quotes("> Alleen dit.\n> En dit.") == "> Alleen dit.\n> En dit."

    @pytest.mark.parametrize(
        "endless", ["On " + "a" * 19_000 + "\n", "On \n" * 6_000, "Op ma om 1:00 schreef " * 400 + "\nx"]
    )
    def test_without_end_keep_nobody_busy(self, endless: str) -> None:
        assert without_quotes(endless)


class TestFiles:
    def test_of_every_kind_are_taken_or_named(self, receive: Receive) -> None:
        mail = letter("Met bijlagen.")
        mail.add_attachment(jpeg(), maintype="image", subtype="jpeg", filename="put.jpg")
        mail.add_attachment(b"x", maintype="application", subtype="ms-tnef", filename="winmail.dat")
        mail.add_attachment(b"<svg/>", maintype="image", subtype="svg+xml", filename="tekening.svg")
        mail.add_attachment(b"", maintype="application", subtype="octet-stream", filename="leeg.bin")
        report = made(receive(mail))
        assert report.attachments.count() == 1
        (event,) = report.signal.events.filter(kind="files_refused")
        for name in ("winmail.dat", "tekening.svg", "leeg.bin"):
            assert name in event.sentence

    def test_shown_in_the_text_are_taken_but_logos_are_not(self, receive: Receive) -> None:
        mail = letter("")
        mail.set_content("<p>Zie<img src='cid:a'></p>", subtype="html")
        logo = io.BytesIO()
        Image.new("RGB", (9, 9)).save(logo, "PNG")
        mail.add_related(logo.getvalue(), "image", "png", cid="<a>", filename="logo.png")
        noise = Image.frombytes("RGB", (200, 200), random.Random(1).randbytes(120_000))  # noqa: S311
        photo = io.BytesIO()
        noise.save(photo, "PNG")
        mail.add_related(photo.getvalue(), "image", "png", cid="<b>", filename="put.png")
        assert made(receive(mail)).attachments.count() == 1

    def test_in_a_mail_that_was_cut_off_are_named(self, receive: Receive) -> None:
        mail = letter("De tekst is er nog.")
        mail.add_attachment(b"\xff\xd8\xff" + b"x" * 9_000, maintype="image", subtype="jpeg", filename="groot.jpg")
        report = made(receive(mail.as_bytes()[:3_000]))
        assert "De tekst is er nog." in report.description
        assert "groot.jpg" in report.signal.events.get(kind="files_refused").sentence

    def test_of_which_there_are_too_many_are_named(self, receive: Receive) -> None:
        mail = letter("Veel.")
        for number in range(8):
            mail.add_attachment(b"x", maintype="text", subtype="csv", filename=f"lijst{number}.csv")
        assert "lijst7.csv" in made(receive(mail)).signal.events.get(kind="files_refused").sentence


class TestStrange:
    def test_nested_without_end_is_read_as_far_as_it_goes(self) -> None:
        mail: MIMEMultipart | MIMEText = MIMEText("Diep.")
        for _depth in range(30):
            outer = MIMEMultipart()
            outer.attach(mail)
            mail = outer
        mail["From"], mail["Subject"] = "a@b.be", "x"
        assert letter_of(mail.as_bytes()).subject == "x"

    def test_of_ten_thousand_parts_stops_counting(self) -> None:
        parts = b"".join(b"--B\r\n\r\nx\r\n" for _number in range(10_000))
        mail = raw("From: a@b.be\nContent-Type: multipart/mixed; boundary=B", parts + b"--B--")
        assert letter_of(mail).left_out

    @pytest.mark.parametrize(
        "mail",
        [b"", b"\r\n\r\n", b"\x00" * 50, b"From: a@b.be\r\n\r\n \r\n", b"Subject:\r\n\r\n"],
    )
    def test_that_says_nothing_is_refused_in_a_sentence(self, mail: bytes) -> None:
        with pytest.raises(Refused, match="leeg"):
            letter_of(mail)

    @pytest.mark.parametrize("seed", range(40))
    def test_damaged_anywhere_raises_nothing_but_a_refusal(self, seed: int) -> None:
        dice = random.Random(seed)  # noqa: S311
        mail = letter("Tekst.", Subject="=?utf-8?B?Y2Fmw6k=?=")
        mail.add_attachment(jpeg(), maintype="image", subtype="jpeg", filename="put.jpg")
        mail.add_attachment(letter("Binnenin."))
        bytes_ = bytearray(mail.as_bytes())
        for _hit in range(30):
            bytes_[dice.randrange(len(bytes_))] = dice.randrange(256)
        with suppress(Refused):
            letter_of(bytes(bytes_[: dice.randrange(len(bytes_))]))

    def test_of_one_endless_line_is_kept(self, receive: Receive) -> None:
        assert receive(letter("a" * 300_000)).state == MailState.REGISTERED

    def test_with_a_base64_that_is_none_is_kept(self) -> None:
        mail = raw(
            "From: a@b.be\nContent-Transfer-Encoding: base64\nSubject: x", b"!!!" + base64.b64encode(b"Dag") + b"@"
        )
        assert letter_of(mail).subject == "x"

    def test_from_a_program_of_python_is_one_like_any_other(self) -> None:
        mail = EmailMessage()
        mail.set_content("Dag")
        assert letter_of(mail.as_bytes()).text == "Dag"
