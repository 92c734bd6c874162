from reservations.models.buildings import Building
from reservations.models.grants import BuildingGrant

__all__ = ["Building", "BuildingGrant"]
