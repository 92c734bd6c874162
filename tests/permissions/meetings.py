"""Meetings for the matrix: one of Overleie's team that comes, with a point, and one that was held."""

from teams.meetings import closing, deciding
from tests.cast import Cast
from tests.teams.meetings import OVERLEIE_TEAM, held_today, planned, raised

type Arguments = list[object]


def everything(people: Cast) -> dict[str, Arguments]:
    els = people["gebiedswerker"]
    over, comes = held_today(els), planned(els, days=5)
    ended = deciding.decide(raised(els, "Bankje", meeting=over), by=els, decision="Er komt een bank.")
    closing.send_minutes(over, by=els)
    point = raised(people["buurtwerker"], meeting=comes)
    return {
        "agenda of Overleie": [OVERLEIE_TEAM], "meeting": [comes.pk], "meeting held": [over.pk], "point": [point.pk],
        "point ended": [ended.pk],
    }  # fmt: skip
