"""Borders: from GeoJSON to shapes, between coordinate systems, and their surface.

Everything is stored and compared in WGS84, longitude before latitude; surfaces are measured in
Belgian Lambert 72, whose metres are true to within 0.1 per mille here.
"""

from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

WGS84, LAMBERT_72, LAMBERT_2008 = 4326, 31370, 3812

# One millionth of a degree is 7 to 11 cm here: the precision of the published borders.
GRID = 1e-6


def shape_of(boundary: dict[str, Any]) -> BaseGeometry:
    return shapely.geometry.shape(boundary)


def boundary_of(shape: BaseGeometry) -> dict[str, Any]:
    """GeoJSON with six decimals, lists instead of tuples, so that it equals what the database gives back."""
    return {"type": shape.geom_type, "coordinates": _rounded(shapely.geometry.mapping(shape)["coordinates"])}


def _rounded(value: Any) -> Any:
    return round(value, 6) if isinstance(value, float) else [_rounded(part) for part in value]


@cache
def _transformer(source: int, target: int) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def reproject[S: BaseGeometry](shape: S, source: int, target: int) -> S:
    if source == target:
        return shape

    return shapely.transform(shape, lambda points: moved(points, source, target))


def moved(points: NDArray[np.float64], source: int, target: int) -> NDArray[np.float64]:
    """Rows of x and y, in another coordinate system."""
    return np.column_stack(_transformer(source, target).transform(points[:, 0], points[:, 1]))


def square_metres(shape: BaseGeometry) -> float:
    return float(reproject(shape, WGS84, LAMBERT_72).area)


def hectares(shape: BaseGeometry) -> Decimal:
    return Decimal(square_metres(shape) / 10_000).quantize(Decimal("0.1"))


def union(shapes: list[BaseGeometry]) -> BaseGeometry:
    """One surface, without the hair-thin gaps that rounded borders leave between neighbours."""
    return shapely.union_all(shapes, grid_size=GRID)
