"""Guardian's object permissions of a team's group on a building, with a real foreign key."""

import pghistory
from django.db import models
from guardian.models import GroupObjectPermissionBase

from reservations.models.buildings import Building


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), model_name="BuildingGrantChange")
class BuildingGrant(GroupObjectPermissionBase):
    """Given or taken back, never changed."""

    content_object = models.ForeignKey(Building, models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
