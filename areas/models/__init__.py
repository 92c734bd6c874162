from areas.models.address import Address
from areas.models.crosswalk import Crosswalk
from areas.models.place import Place
from areas.models.profile import ProfileFigure
from areas.models.sets import Area, AreaSet
from areas.models.ward import SectorWard

__all__ = ["Address", "Area", "AreaSet", "Crosswalk", "Place", "ProfileFigure", "SectorWard"]
