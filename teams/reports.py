"""The month of an area on paper: drafted on the 1st, worded by the area team, mailed on a working day.

One copy per organisation that has people in the area team, rendered for that organisation as reader.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from areas.models import Area, AreaSet
from kortrijk_gebied.jobs.models import Job, enqueue, post
from kortrijk_gebied.jobs.registry import handles
from kortrijk_gebied.periods import month_period, next_month, previous_month
from kortrijk_gebied.refusals import Refused
from kortrijk_gebied.sections import Place, Request, sections_on
from kortrijk_gebied.workdays import nth_working_day
from teams.access import access_of_organisation
from teams.models import Function, Membership, MonthlyReport, Organisation, ReportWords, Team, User

JOB = "monthly report"
WRITERS = [Function.AREA_WORKER, Function.PROJECT_OFFICER]
# A beat that slept through the 1st is made good in these days of the month; later it would surprise people.
CATCH_UP_DAYS = 10


# --- who ---------------------------------------------------------------------------------------------


def area_team_members(on: dt.date) -> QuerySet[Membership]:
    """People of the joint teams that follow areas."""
    return Membership.objects.valid_on(on).filter(
        team__kind=Team.Kind.AREA, team__organisation=None, user__organisation__isnull=False
    )


def recipients(report: MonthlyReport, on: dt.date) -> QuerySet[User]:
    members = area_team_members(on).filter(team__areas=report.area_id)
    return User.objects.filter(organisation=report.organisation_id, pk__in=members.values("user")).order_by("name")


def areas_worded_by(user: User, on: dt.date) -> set[int]:
    """Areas of whose team this person is area worker or project officer."""
    members = area_team_members(on).filter(user=user, function__in=WRITERS)
    return set(members.filter(team__areas__isnull=False).values_list("team__areas", flat=True))


# --- drafting ----------------------------------------------------------------------------------------


def draft(month: dt.date, area: Area | None = None) -> list[MonthlyReport]:
    """Make the copies of a month that are missing; returns all of that month. Safe to repeat."""
    month = month.replace(day=1)
    today = timezone.localdate()
    areas = Area.objects.valid_on(next_month(month) - dt.timedelta(days=1)).filter(set__kind=AreaSet.Kind.WORKING)
    if area is not None:
        areas = areas.filter(pk=area.pk)
    pairs = (
        area_team_members(today)
        .filter(team__areas__in=areas)
        .values_list("team__areas", "user__organisation")
        .distinct()
        .order_by()
    )
    MonthlyReport.objects.bulk_create(
        [MonthlyReport(area_id=area_id, organisation_id=organisation, month=month) for area_id, organisation in pairs],
        ignore_conflicts=True,  # drafted already, perhaps by another worker at this moment
    )
    return list(MonthlyReport.objects.filter(month=month, area__in=areas).select_related("area__set", "organisation"))


def due_on(reports: Iterable[MonthlyReport], on: dt.date) -> dict[uuid.UUID, dt.date]:
    """The day on which each report leaves. When teams share an area, the most patient one decides: until
    then somebody may still add words."""
    teams = Team.objects.valid_on(on).filter(kind=Team.Kind.AREA, organisation=None, areas__isnull=False)
    waits = dict(teams.values_list("areas").annotate(days=Max("report_after_working_days")))
    due = {}
    for report in reports:
        first, days = next_month(report.month), waits.get(report.area_id, 0)
        due[report.pk] = nth_working_day(first.year, first.month, days) if days else first
    return due


def oldest_mailed(today: dt.date) -> dt.date:
    """Drafts of longer ago, made by hand, are sent by hand."""
    return previous_month(previous_month(today))


def leaves_on(reports: Iterable[MonthlyReport], today: dt.date) -> dict[uuid.UUID, dt.date | None]:
    """What to tell people: the day a report leaves, today when that day has passed, None when only by hand."""
    reports = list(reports)
    due = due_on(reports, today)
    return {
        report.pk: max(due[report.pk], today) if report.month >= oldest_mailed(today) else None for report in reports
    }


# --- in our own words ----------------------------------------------------------------------------------


def put_into_words(*, area: Area, month: dt.date, text: str, by: User, read: str | None = None) -> ReportWords:
    """Keep the five lines that go into every copy of this area and month, until the first copy has left. `read` is
    the stamp of what its writer had before them: what a colleague wrote since is not overwritten."""
    with transaction.atomic():
        copies = MonthlyReport.objects.select_for_update().filter(area=area, month=month)
        if any(copy.is_sent for copy in copies):
            raise Refused(
                _("The report of %(month)s was sent already, so its words stay as they are.")
                % {"month": date_format(month, "F Y")}
            )
        words = ReportWords.objects.filter(area=area, month=month).first() or ReportWords(area=area, month=month)
        if words.text == text.strip() and words.stamp:
            return words
        if read is not None and read != words.stamp:
            raise Refused(
                _("%(name)s wrote here meanwhile. Both texts stand below: make one of them, and save it.")
                % {"name": words.by.name}
            )
        words.text, words.by, words.at = text.strip(), by, timezone.now()
        words.full_clean(exclude=["area", "by"])
        words.save()
    return words


# --- the document --------------------------------------------------------------------------------------


def render(report: MonthlyReport, *, is_preview: bool = False) -> bytes:
    from kortrijk_gebied.pdf import render_pdf  # takes half a second to load; only who prints pays it

    return render_pdf("reports/monthly.html", {**contents(report), "is_preview": is_preview})


def contents(report: MonthlyReport) -> dict[str, Any]:
    asked = Request(
        viewer=access_of_organisation(report.organisation, report.area),
        area=report.area,
        period=month_period(report.month),
    )
    shown = ((section, section.content(asked)) for section in sections_on(Place.REPORT))
    return {
        "report": report,
        "area": report.area,
        "made_at": timezone.now(),
        "blocks": [{"section": section, "content": content} for section, content in shown if content is not None],
        "others": _others(report.organisation),
        "site": settings.SITE_URL,
    }


def _others(organisation: Organisation) -> list[str]:
    """Whose limited matter this copy leaves out."""
    public = Organisation.objects.exclude(kind=Organisation.Kind.PARTNER).exclude(pk=organisation.pk)
    return list(public.values_list("name", flat=True))


# --- sending -------------------------------------------------------------------------------------------


def queue_due(today: dt.date) -> list[Job]:
    """A job for each report whose day has come; the key holds the day, so a job that failed comes back tomorrow."""
    if today.day <= CATCH_UP_DAYS:
        draft(previous_month(today))
    waiting = list(MonthlyReport.objects.drafts().filter(month__gte=oldest_mailed(today)))
    due = due_on(waiting, today)
    return [
        enqueue(JOB, key=f"monthly:{report.pk}:{today}", payload={"report": str(report.pk)})
        for report in waiting
        if due[report.pk] <= today
    ]


def send(report_id: uuid.UUID | str) -> MonthlyReport:
    """Make the PDF, keep it, and write a mail for every member; all or nothing, and only once.

    The row stays locked while the document is made, a second or two: whoever comes meanwhile, another worker
    or somebody with words, waits and then finds it sent.
    """
    with transaction.atomic():
        rows = MonthlyReport.objects.select_for_update(of=("self",)).select_related("area__set", "organisation")
        report = rows.get(pk=report_id)
        if report.is_sent:
            return report
        document = render(report)
        report.sha256 = hashlib.sha256(document).hexdigest()
        _keep(report, document)
        report.state, report.sent_at = MonthlyReport.State.SENT, timezone.now()
        report.save(update_fields=["state", "sent_at", "sha256", "file"])
        for person in recipients(report, timezone.localdate()):
            _mail(report, person)
    return report


@handles(JOB)
def send_in_job(job: Job) -> None:
    send(job.payload["report"])


def _keep(report: MonthlyReport, document: bytes) -> None:
    """Under the same name when a worker died between keeping and committing: nobody has seen that file."""
    storage = report.file.storage
    name = f"reports/{report.month:%Y/%m}/{report.pk}.pdf"
    storage.delete(name)
    report.file.name = storage.save(name, ContentFile(document))


def _mail(report: MonthlyReport, person: User) -> None:
    """The mail itself says nothing of what is in the report."""
    names = {
        "name": person.name,
        "area": report.area.name,
        "month": date_format(report.month, "F Y"),
        "organisation": report.organisation.name,
        "address": settings.SITE_URL + reverse("reports:reports"),
    }
    post(
        key=f"monthly:{report.pk}:{person.pk}",
        to=person.email,
        reader_id=person.pk,
        subject=_("Monthly report %(area)s, %(month)s") % names,
        body=_(
            "Dear %(name)s\n\nAttached is the report of %(area)s for %(month)s, in the copy for %(organisation)s.\n"
            "You get it as a member of the area team.\n\nAll reports: %(address)s\n"
        ) % names,
        attachments=[{"name": report.filename, "path": report.file.name or "", "type": "application/pdf"}],
    )  # fmt: skip
