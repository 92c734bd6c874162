"""What a person does in a team, and what kinds of team there are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Function(models.TextChoices):
    """What a person does in a team; one person can hold several."""

    DESK_AGENT = "desk_agent", _("1777 agent")
    COORDINATOR = "coordinator", _("coordinator")
    AREA_WORKER = "area_worker", _("area worker")
    PROJECT_OFFICER = "project_officer", _("project officer")
    CULTURAL_OFFICER = "cultural_officer", _("cultural officer")
    CENTRE_MANAGER = "centre_manager", _("community centre manager")
    EXECUTOR = "executor", _("service employee")
    NEIGHBOURHOOD_WORKER = "neighbourhood_worker", _("neighbourhood worker")
    SOCIAL_NURSE = "social_nurse", _("social nurse")
    SERVICE_DESK = "service_desk", _("desk of a service centre")
    WARD_INSPECTOR = "ward_inspector", _("ward inspector")
    COMMUNITY_WARDEN = "community_warden", _("community warden")
    BUILDING_MANAGER = "building_manager", _("building manager")
    ASSOCIATION_CONTACT = "association_contact", _("association contact")
    ADMINISTRATOR = "administrator", _("administrator")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("data protection officer")


class TeamKind(models.TextChoices):
    AREA = "area", _("area team")
    SERVICE = "service", _("service")
    WARD = "ward", _("ward team")
    DESK = "desk", _("desk")
    COORDINATION = "coordination", _("coordination")
    PROJECT = "project", _("project team")
    STEERING = "steering", _("steering group")
    OPERATIONAL = "operational", _("operational steering group")
    WORKING = "working", _("working group")
    COMMITTEE = "committee", _("coordination committee")
    CONSULTATION = "consultation", _("consultation")
    OFFICE = "office", _("office")


# A team of these kinds may be of several organisations together.
JOINT_KINDS = [
    TeamKind.AREA,
    TeamKind.PROJECT,
    TeamKind.STEERING,
    TeamKind.OPERATIONAL,
    TeamKind.WORKING,
    TeamKind.COMMITTEE,
    TeamKind.CONSULTATION,
]
