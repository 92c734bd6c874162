"""Guardian's object permissions of a team's group on a building, with a real foreign key."""

from django.db import models
from guardian.models import GroupObjectPermissionBase

from reservations.models.buildings import Building


class BuildingGrant(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Building, models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
