from teams.models.calendar import ClosingDay, WorkingWeek
from teams.models.grants import AreaGrant, TeamGrant
from teams.models.organisations import Organisation
from teams.models.people import User
from teams.models.posts import Post, PostHolder
from teams.models.reports import MonthlyReport, ReportWords
from teams.models.teams import Function, Membership, Team

__all__ = [
    "AreaGrant",
    "ClosingDay",
    "Function",
    "Membership",
    "MonthlyReport",
    "Organisation",
    "Post",
    "PostHolder",
    "ReportWords",
    "Team",
    "TeamGrant",
    "User",
    "WorkingWeek",
]
