"""What the demo mails lies in files: whoever opens one can follow its links."""

from pathlib import Path

from django.core.mail import EmailMessage

from kortrijk_gebied.demo.letters import ReadableFiles

LINK = f"http://localhost:8000/gevraagd/{'Wy' * 90}/"


def test_a_long_link_stays_whole(tmp_path: Path) -> None:
    letter = EmailMessage("Gevraagd aan Wijkwerking Noord", f"Één vraag\n\n{LINK}\n", to=["lies@kortrijk.example"])
    assert ReadableFiles(file_path=str(tmp_path)).send_messages([letter]) == 1
    written = next(tmp_path.iterdir()).read_text()
    assert "Één vraag" in written
    assert f"{LINK}\n" in written
