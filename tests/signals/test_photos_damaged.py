"""A picture whose metadata was damaged on its way is refused in words, as any file that is no picture."""

import io
import random

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from kortrijk_gebied.refusals import Refused
from signals.attaching.files import read_file


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # it says what it skips
def test_damaged_metadata_never_breaks_the_page() -> None:
    picture, made = Image.new("RGB", (64, 48), "green"), io.BytesIO()
    exif = picture.getexif()
    exif[0x0112], exif[0x010E] = 6, "Overleiestraat"
    picture.save(made, "JPEG", exif=exif)
    chance, refused = random.Random(4), 0  # noqa: S311  the same damage each time
    for _attempt in range(300):
        sent = bytearray(made.getvalue())
        for _byte in range(4):
            sent[chance.randrange(20, 120)] = chance.randrange(256)
        try:
            read_file(ContentFile(bytes(sent), name="foto.jpg"))
        except Refused:
            refused += 1
    assert refused
