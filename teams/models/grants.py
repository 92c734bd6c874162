"""Guardian's object permissions of a team's group, with real foreign keys.

Guardian finds these models by their `content_object`. Grants go to team groups only, on Area and Team;
never to a person, never per signal.
"""

from django.db import models
from guardian.models import GroupObjectPermissionBase

from areas.models import Area
from teams.models.teams import Team


class AreaGrant(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Area, models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False


class TeamGrant(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Team, models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
