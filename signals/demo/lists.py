"""What makes the inbox of the demo somebody's own: kept filters, and tags on some of its signals."""

from signals.demo.invented import Town
from signals.models import SavedFilter, Signal
from signals.models.tags import tag_signal
from teams.models import Team

TAGGED = 12


def keep_filters(town: Town) -> None:
    """One of Bram's own, and one of his team. Repeating it makes none twice."""
    bram = town.people["coordinator"]
    SavedFilter.objects.get_or_create(
        by=bram, team=None, name="Sluikstort", defaults={"query": "tab=alles&onderwerp=sluikstort"}
    )
    SavedFilter.objects.get_or_create(
        by=bram, team=Team.objects.get(code="coordinatie-noord-centrum"), name="Hotspot",
        defaults={"query": "tab=alles&label=hotspot"},
    )  # fmt: skip


def tag_some(town: Town) -> None:
    """Open matter of the city in Overleie, as a coordinator would mark it for a round."""
    some = Signal.objects.open().filter(level=0, owner__code="stad", area__name="Overleie")
    for signal in some.order_by("reported_at", "pk")[:TAGGED]:
        tag_signal(signal=signal, name="hotspot", by=town.people["coordinator"])
