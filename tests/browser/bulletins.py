"""News as pages show it: one within the team with long words and a remark, one for everybody with a photo."""

from django.urls import reverse
from django.utils import timezone
from PIL import Image

from kortrijk_gebied.files.pictures import encoded
from kortrijk_gebied.ids import uuid7
from teams.bulletins.writing import hang
from teams.models import BulletinPhoto
from tests.cast import Cast
from tests.teams.bulletins import bulletin

LONG = "Veiligheidsoverlegvoorbereidingsvergaderingen"


def bulletin_pages(cast: Cast) -> dict[str, str]:
    today = timezone.localdate()
    inside = bulletin(cast, title=f"{LONG} op donderdag", kind="campaign", starts=today, audience="partners")
    inside.comment(uuid7(), text=f"Goed idee, {LONG.lower()} horen overdag.", by=cast["wijkinspecteur"])
    outside = bulletin(cast, title="Nieuwe zitbank aan de Leie", audience="public", areas=("Overleie", "Pius X"))
    hung = BulletinPhoto(bulletin=outside, description="Een houten bank aan het water")
    hang(hung, encoded(Image.new("RGB", (640, 480), "teal")), by=cast["gebiedswerker"])
    return {
        "bulletin": inside.get_absolute_url(), "public-bulletin": outside.get_absolute_url(),
        "news": reverse("news-item", args=[outside.pk]),
    }  # fmt: skip
