"""News for the matrix: what a team of the north keeps to itself, tells its partners and tells everybody."""

from kortrijk_gebied.files.pictures import Picture
from kortrijk_gebied.ids import uuid7
from teams.bulletins.writing import hang
from teams.models import Bulletin, BulletinPhoto
from tests.cast import Cast
from tests.teams.bulletins import bulletin

type Arguments = list[object]


def everything(people: Cast) -> dict[str, Arguments]:
    found: dict[str, Arguments] = {"area of news": ["overleie"]}
    for audience in ("internal", "partners", "public"):
        made = bulletin(people, audience=audience)
        found[f"bulletin, {audience}"] = [made.pk]
        found[f"remark, {audience}"] = [made.comment(uuid7(), text="Wij komen.", by=people["wijkinspecteur"]).pk]
        found[f"bulletin photo, {audience}"] = [photo(made, people).pk]
    return found


def photo(made: Bulletin, people: Cast) -> BulletinPhoto:
    hung = BulletinPhoto(bulletin=made, description="Een bank")
    hang(hung, Picture(b"x", 1, 1), by=people["gebiedswerker"])
    return hung
