"""What stands with a signal of how it came: what a colleague has to know, and no more."""

import pytest

from signals.field.notices import notices_on
from signals.models import Signal
from tests.field.tablet import FieldTablet, seen
from tests.signals.files import picture

HELP = {"phone": "0470 12 34 56", "consent": True}
AGAIN = "keer toegekomen"


class TestNotices:
    def test_call_it_no_repetition_that_a_tablet_asks_whether_its_photos_came(self, tablet: FieldTablet) -> None:
        envelope = tablet.save("signal", seen(), [picture()])
        tablet.send_photo(envelope, tablet.send(envelope).json()["missing"][0])
        assert tablet.send(envelope).json()["missing"] == []
        assert AGAIN not in str(notices_on(Signal.objects.get()))
        tablet.send(envelope)
        assert AGAIN in str(notices_on(Signal.objects.get()))

    @pytest.mark.parametrize("subject", ["Sluikstort", "Iemand vraagt hulp"])
    def test_name_who_wrote_without_signing_in(self, tablet: FieldTablet, subject: str) -> None:
        """Also where no coordinator looks first: who calls back must know whom to ask."""
        asked = HELP if subject == "Iemand vraagt hulp" else {}
        sent = tablet.save("signal", seen(subject, **asked), schema=2, locked=True, writer="Bob De Wachter")
        assert tablet.send(sent).status_code == 201
        signal = Signal.objects.get()
        Signal.objects.update(route_reason="")  # it was sent on since
        [said] = [each for each in notices_on(signal) if "Bob De Wachter" in each]
        assert "iemand anders, die niet aangemeld was" in said
