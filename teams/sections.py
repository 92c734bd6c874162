"""What teams show of an area: its own words in the report, its people on the page, and whom to call for a spot."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.locate import Location
from areas.models import Area
from kortrijk_gebied.sections import Content, Place, Request, section
from teams.access import Access
from teams.models import Function, Membership, MonthlyReport, Organisation, Post, PostHolder, ReportWords, Team, User
from teams.models.posts import away_on
from teams.reports import leaves_on

# Who answers for a spot, the one to call first at the top.
CALL_FIRST = [
    Function.COORDINATOR,
    Function.WARD_INSPECTOR,
    Function.SOCIAL_NURSE,
    Function.AREA_WORKER,
    Function.PROJECT_OFFICER,
    Function.NEIGHBOURHOOD_WORKER,
    Function.COMMUNITY_WARDEN,
]


@section(
    key="words-of-month", title=_("In our own words"), template="teams/sections/words.html", on={Place.REPORT}, order=10
)
def words_of_month(request: Request) -> Content:
    if request.period is None:
        return None
    month = timezone.localdate(request.period.start)
    words = ReportWords.objects.filter(area=request.area, month=month).first()
    return {"lines": words.lines} if words and words.lines else None


# --- whom to call ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reachable:
    """Somebody to call: a colleague on a post, or the team that always answers."""

    name: str
    what: str
    phone: str
    team: str = ""
    instead_of: str = ""  # who holds the post, and is away

    @property
    def dial(self) -> str:
        return "".join(character for character in self.phone if character.isdigit() or character == "+")


@dataclass
class Contacts:
    organisation: Organisation
    area: Area | None  # of the organisation's own working set
    people: list[Reachable] = field(default_factory=list)
    otherwise: Reachable | None = None


@section(
    key="contact", title=_("Whom you reach now"), template="teams/sections/contact.html", on={Place.CONTACT}, order=10
)
def contact(request: Request) -> Content:
    """For a spot: who holds a post there today, by organisation, and who answers when they do not."""
    location: Location | None = (request.extra or {}).get("location")
    if location is None:
        return None
    posts = _posts(request.viewer, location)
    found = []
    for organisation in Organisation.objects.select_related("intake_team", "working_set"):
        own_set = organisation.working_set
        contacts = Contacts(organisation, location.area(own_set.code) if own_set else None)
        contacts.people = _answering(posts, organisation)
        contacts.otherwise = _intake(organisation)
        if contacts.people or organisation.kind != Organisation.Kind.PARTNER:
            found.append(contacts)
    return {"contacts": found}


def _posts(viewer: Access, location: Location) -> list[Post]:
    """Posts for the spot, each with who holds it today. Names of colleagues are for colleagues."""
    if viewer.user_id is None:
        return []
    today = timezone.localdate()
    holders = PostHolder.objects.valid_on(today).select_related("user__organisation").order_by("user__name")
    holders = holders.prefetch_related(away_on(today))
    rows = (
        Post.objects.filter(area__in=location.ids, team__in=Team.objects.valid_on(today))
        .select_related("team")
        .prefetch_related(Prefetch("holders", holders, to_attr="held_today"))
    )
    return sorted(rows, key=lambda post: _rank(post.function))


def _answering(posts: list[Post], organisation: Organisation) -> list[Reachable]:
    """An organisation's people on these posts; where nobody holds one, the team that has it, if it has a number."""
    people, vacant = [], []
    for post in posts:
        held_by: list[PostHolder] = post.held_today  # type: ignore[attr-defined]
        people += [
            _reachable(post, holder.user)
            for holder in held_by
            if holder.user.organisation_id == organisation.pk and _answers(holder.user)
        ]
        phone = post.phone or post.team.phone
        if (
            not any(_answers(holder.user) for holder in held_by)
            and phone
            and post.team.organisation_id == organisation.pk
        ):
            vacant.append(Reachable(name=post.team.name, what=post.get_function_display(), phone=phone))
    return [*people, *vacant]


def _rank(function: str) -> int:
    return CALL_FIRST.index(Function(function)) if function in CALL_FIRST else len(CALL_FIRST)


def _answers(person: User) -> bool:
    """Who is away without anybody in their place does not pick up: then the team does."""
    return all(absence.standing_in for absence in person.away)  # type: ignore[attr-defined]


def _reachable(post: Post, holder: User) -> Reachable:
    instead = next((absence.standing_in for absence in holder.away), None)  # type: ignore[attr-defined]
    person = instead or holder
    organisation = holder.organisation.phone if holder.organisation else ""
    # The phone of the post may lie on the desk of who is away.
    phones = [person.phone, post.phone] if instead else [post.phone, person.phone]
    return Reachable(
        name=person.name,
        what=post.get_function_display(),
        phone=next(filter(None, [*phones, post.team.phone, organisation]), ""),
        team=post.team.name,
        instead_of=holder.name if instead else "",
    )


def _intake(organisation: Organisation) -> Reachable | None:
    team = organisation.intake_team
    phone = (team.phone if team else "") or organisation.phone
    return Reachable(name=team.name if team else organisation.name, what="", phone=phone) if team or phone else None


# --- who works here --------------------------------------------------------------------------------------


@section(
    key="people", title=_("Who works here"), template="teams/sections/people.html", on={Place.AREA}, order=15
)  # fmt: skip
def people(request: Request) -> Content:
    """The joint team with its members by organisation, and by name the teams that serve the area."""
    if request.viewer.user_id is None:
        return None
    today = timezone.localdate()
    members = Membership.objects.valid_on(today).select_related("user__organisation").order_by("user__name")
    teams = list(
        Team.objects.valid_on(today)
        .filter(areas=request.area)
        .select_related("organisation")
        .prefetch_related(Prefetch("memberships", members, to_attr="members_today"))
    )
    if not teams:
        return None
    joint = [team for team in teams if team.kind == Team.Kind.AREA and team.organisation is None]
    return {
        "joint": [(team, _by_organisation(team.members_today)) for team in joint],  # type: ignore[attr-defined]
        "serving": _serving(team for team in teams if team.organisation is not None),
        "report": _next_report(request.viewer, request.area),
        "directory": _directory(request.viewer, request.area),
    }


def _by_organisation(members: Iterable[Membership]) -> list[tuple[Organisation, list[Membership]]]:
    known = [member for member in members if member.user.organisation]
    ordered = sorted(known, key=lambda member: (member.user.organisation_id, member.user.name))
    return [(group[0].user.organisation, group) for group in _groups(ordered)]  # type: ignore[misc]


def _groups(ordered: list[Membership]) -> list[list[Membership]]:
    return [list(group) for _pk, group in groupby(ordered, key=lambda member: member.user.organisation_id)]


def _serving(teams: Iterable[Team]) -> list[tuple[Organisation, list[Team]]]:
    found: dict[Organisation, list[Team]] = {}
    for team in teams:
        if team.organisation:
            found.setdefault(team.organisation, []).append(team)
    return sorted(found.items(), key=lambda item: item[0].pk)


def _directory(viewer: Access, area: Area) -> str:
    return reverse("directory:directory", args=[area.code]) if area.pk in viewer.areas("view") else ""


def _next_report(viewer: Access, area: Area) -> dict[str, object] | None:
    report = MonthlyReport.objects.readable(viewer).filter(area=area).order_by("-month").first()
    if report is None:
        return None
    return {"report": report, "leaves_on": leaves_on([report], timezone.localdate())[report.pk]}


from teams.bulletins import sections as _bulletins  # noqa: E402, F401
from teams.care import sections as _care  # noqa: E402, F401
from teams.flags import sections as _flags  # noqa: E402, F401
from teams.inventory import sections as _inventory  # noqa: E402, F401
from teams.meetings import sections as _meetings  # noqa: E402, F401
from teams.plans import sections as _plans  # noqa: E402, F401
from teams.rota import sections as _rota  # noqa: E402, F401
