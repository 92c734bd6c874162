from teams.models.absences import Absence
from teams.models.action_figures import ActionFigure
from teams.models.briefing import BriefingRead, ShiftNote
from teams.models.bulletins import Bulletin, BulletinComment, BulletinPhoto
from teams.models.calendar import ClosingDay, WorkingWeek
from teams.models.care import CareGrid, CareNeed, TargetGroup
from teams.models.care_attention import AttentionAppointment, AttentionCount
from teams.models.care_entries import GridEntry
from teams.models.consultations import CaseConsultation
from teams.models.corrections import PointCorrection
from teams.models.digests import DigestChoice
from teams.models.external import ExternalMember
from teams.models.flags import AreaFlag
from teams.models.goals import Goal, Phenomenon
from teams.models.grants import AreaGrant, TeamGrant
from teams.models.inventory import Action
from teams.models.meetings import AgendaPoint, Meeting, Postponement
from teams.models.organisations import Organisation
from teams.models.people import User
from teams.models.plans import Plan, PlanVersion
from teams.models.posts import Post, PostHolder
from teams.models.presence import PresenceHour
from teams.models.reports import MonthlyReport, ReportWords
from teams.models.rota import Rota, RotaTurn, RotaVersion
from teams.models.rota_rounds import RotaCalendar, RotaShift, ShiftPattern
from teams.models.service_points import ServicePoint, ServicePointPlace
from teams.models.teams import Function, Membership, Team

__all__ = [
    "Absence",
    "Action",
    "ActionFigure",
    "AgendaPoint",
    "AreaFlag",
    "AreaGrant",
    "AttentionAppointment",
    "AttentionCount",
    "BriefingRead",
    "Bulletin",
    "BulletinComment",
    "BulletinPhoto",
    "CareGrid",
    "CareNeed",
    "CaseConsultation",
    "ClosingDay",
    "DigestChoice",
    "ExternalMember",
    "Function",
    "Goal",
    "GridEntry",
    "Meeting",
    "Membership",
    "MonthlyReport",
    "Organisation",
    "Phenomenon",
    "Plan",
    "PlanVersion",
    "PointCorrection",
    "Post",
    "PostHolder",
    "Postponement",
    "PresenceHour",
    "ReportWords",
    "Rota",
    "RotaCalendar",
    "RotaShift",
    "RotaTurn",
    "RotaVersion",
    "ServicePoint",
    "ServicePointPlace",
    "ShiftNote",
    "ShiftPattern",
    "TargetGroup",
    "Team",
    "TeamGrant",
    "User",
    "WorkingWeek",
]
