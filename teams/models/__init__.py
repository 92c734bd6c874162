from teams.models.briefing import BriefingRead, ShiftNote
from teams.models.calendar import ClosingDay, WorkingWeek
from teams.models.flags import AreaFlag
from teams.models.grants import AreaGrant, TeamGrant
from teams.models.inventory import Action, ActionFigure
from teams.models.meetings import AgendaPoint, Meeting, Postponement
from teams.models.organisations import Organisation
from teams.models.people import User
from teams.models.posts import Post, PostHolder
from teams.models.reports import MonthlyReport, ReportWords
from teams.models.teams import Function, Membership, Team

__all__ = [
    "Action",
    "ActionFigure",
    "AgendaPoint",
    "AreaFlag",
    "AreaGrant",
    "BriefingRead",
    "ClosingDay",
    "Function",
    "Meeting",
    "Membership",
    "MonthlyReport",
    "Organisation",
    "Post",
    "PostHolder",
    "Postponement",
    "ReportWords",
    "ShiftNote",
    "Team",
    "TeamGrant",
    "User",
    "WorkingWeek",
]
