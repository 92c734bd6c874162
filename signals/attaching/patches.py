"""Making faces and number plates unrecognisable: rectangles painted over, by hand, for good.

A blur or a mosaic of what was there can be turned back: with a known alphabet a plate is found by trying them all.
So nothing of what was there is used but its average colour, coarsely; the mosaic is made up.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PIL import Image

MOST_PATCHES = 20
BLOCKS = 7  # along the longest side of a patch
COARSE = 48  # steps of colour: about five per channel
DIFFERENCE = 26  # in brightness, between blocks


@dataclass(frozen=True)
class Patch:
    """A rectangle in percent of the photo, from its top left corner."""

    x: float
    y: float
    width: float
    height: float

    def box(self, size: tuple[int, int]) -> tuple[int, int, int, int] | None:
        """Its pixels, rounded outwards and within the photo; None when nothing is left."""
        wide, high = size
        left, top = max(0, int(self.x * wide / 100)), max(0, int(self.y * high / 100))
        right = min(wide, -int(-(self.x + self.width) * wide // 100))
        bottom = min(high, -int(-(self.y + self.height) * high // 100))
        return (left, top, right, bottom) if right > left and bottom > top else None


def smudged(photo: Image.Image, patches: Iterable[Patch]) -> Image.Image:
    made = photo.copy()
    for patch in patches:
        if box := patch.box(photo.size):
            made.paste(_mosaic(photo.crop(box)), box)
    return made


def _mosaic(part: Image.Image) -> Image.Image:
    longest = max(part.size)
    across, down = (max(1, round(BLOCKS * side / longest)) for side in part.size)
    mean = part.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(mean, tuple)  # noqa: S101  a colour photo
    base = [int(channel) // COARSE * COARSE + COARSE // 2 for channel in mean]
    blocks = Image.new("RGB", (across, down))
    blocks.putdata(list(_shades(base, across * down)))
    return blocks.resize(part.size, Image.Resampling.NEAREST)


def _shades(base: list[int], count: int) -> Iterator[tuple[int, ...]]:
    for _block in range(count):
        lighter = secrets.randbelow(2 * DIFFERENCE + 1) - DIFFERENCE
        yield tuple(min(255, max(0, channel + lighter)) for channel in base)
