"""What stands to read about one signal, for one viewer who may read it."""

import re
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from areas.models import Area, AreaSet
from areas.svg import area_map
from kortrijk_gebied.templatetags.gebied import term_words
from signals.attaching.showing import Shown, shown
from signals.course import Entry, course_of
from signals.field.notices import notices_on
from signals.lifting import became
from signals.models import Attachment, Channel, Joining, Note, Report, Reporter, ReportKind, Signal, SignalTag
from signals.workflow import SignalStatus
from teams.access import Access
from teams.models import Action, AgendaPoint, User

# In which sets a colleague of whichever organisation thinks, and what an area of it is called.
AREA_WORDS = {
    AreaSet.Kind.WORKING: "%s",
    AreaSet.Kind.CARE: gettext_lazy("care area %s"),
    AreaSet.Kind.PATROL: gettext_lazy("zone %s"),
    AreaSet.Kind.WARD: "%s",
}
SURFACED_WORDS = {
    "repeated": gettext_lazy("In the inbox because it keeps being reported here."),
    "returned": gettext_lazy("In the inbox because a task was returned."),
    "shared": gettext_lazy("In the inbox because several organisations work on it."),
    "lifted": gettext_lazy("In the inbox because a colleague lifted it."),
    "reopened": gettext_lazy("In the inbox because it was reopened."),
    "followed": gettext_lazy("In the inbox because its reporter added something."),
    "told_more": gettext_lazy("In the inbox because somebody reported while an answer is awaited."),
    "handed_over": gettext_lazy("In the inbox because it was handed over."),
    "declined": gettext_lazy("In the inbox because somebody outside declined it."),
    "unanswered": gettext_lazy("In the inbox because nobody answered what was asked."),
    "split": gettext_lazy("In the inbox because it was split off from another signal."),
}
TERM_COLORS = {"late": "danger", "soon": "warning", "": "neutral"}


@dataclass
class Facts:
    """Each part is asked of the database when first shown."""

    signal: Signal
    viewer: Access
    user: User

    @cached_property
    def reports(self) -> list[Report]:
        return list(Report.objects.filter(signal=self.signal).select_related("registered_by"))

    @cached_property
    def notices(self) -> list[str]:
        """How it came from a tablet, or what was done about it there, where that is worth knowing."""
        return notices_on(self.signal)

    @property
    def reported(self) -> str:
        """Such as “2 meldingen (klacht), telefoon en tablet”."""
        contacts = [report for report in self.reports if report.follows_id is None]
        if not contacts:  # they went along when it was joined with another
            return ""
        channels = list(dict.fromkeys(str(Channel(report.channel).label) for report in contacts))
        count = ngettext("%(count)s report", "%(count)s reports", len(contacts)) % {"count": len(contacts)}
        special = [str(ReportKind(report.kind).label) for report in contacts if report.kind != ReportKind.REPORT]
        kinds = f" ({get_text_list(list(dict.fromkeys(special)), _('and'))})" if special else ""
        return f"{count}{kinds}, {get_text_list(channels, _('and'))}"

    @property
    def later_reports(self) -> list[Report]:
        return [report for report in self.reports[1:] if report.description.strip()]

    @cached_property
    def reporters(self) -> list[Reporter]:
        return list(Reporter.objects.readable(self.viewer).filter(report__signal=self.signal).with_bounces())

    @property
    def term_tag(self) -> dict[str, str] | None:
        if not self.signal.is_open or self.signal.due_at is None:
            return None
        if self.signal.stands_still:
            return {"color": "neutral", "words": _("term stands still")}
        urgency, words = term_words(self.signal.due_at, timezone.localtime())
        return {"color": TERM_COLORS[urgency], "words": words}

    @property
    def surfaced(self) -> str:
        return str(SURFACED_WORDS.get(self.signal.surfaced_why, ""))

    @cached_property
    def areas_line(self) -> str:
        """Its place in the words of each organisation: “Overleie · woonzorggebied Noord · zone Noord · wijk 4”."""
        areas = (
            Area.objects.filter(pk__in=self.signal.area_ids, set__kind__in=AREA_WORDS)
            .select_related("set")
            .defer("boundary")
        )
        names = {area.set.kind: area.name for area in areas}
        if ward := names.get(AreaSet.Kind.WARD):
            names[AreaSet.Kind.WARD] = ward[:1].lower() + ward[1:]
        return " · ".join(str(words) % names[kind] for kind, words in AREA_WORDS.items() if kind in names)

    @cached_property
    def map(self) -> dict[str, Any] | None:
        here = self.signal
        if here.area_id is None:
            return None
        known = here.longitude is not None and here.latitude is not None
        return area_map(here.area_id, (here.longitude, here.latitude) if known else None)  # type: ignore[arg-type]

    @cached_property
    def why(self) -> dict[str, str]:
        """The sentence of the routing, cut around the name of its rule so that it can be a link."""
        before, quoted, after = "", "", self.signal.route_reason
        if found := re.search(r"“(.+?)”", after):
            before, quoted, after = after[: found.start()], found.group(0), after[found.end() :]
        sees_rules = self.signal.rule_id and self.viewer.may("route")
        url = reverse("signals:rule", args=[self.signal.rule_id]) if sees_rules else ""
        return {"before": before, "rule": quoted, "url": url, "after": after}

    @cached_property
    def photos(self) -> list[Attachment]:
        readable = Attachment.objects.readable(self.viewer).filter(signal=self.signal)
        return list(readable.select_related("organisation", "team"))

    @property
    def attachments(self) -> list[Shown]:
        for attachment in self.photos:
            attachment.signal = self.signal
        return shown(self.photos)

    @cached_property
    def read_course(self) -> tuple[list[Entry], list[Note]]:
        return course_of(self.signal, self.viewer)

    @property
    def course(self) -> list[Entry]:
        return self.read_course[0]

    @cached_property
    def tags(self) -> list[SignalTag]:
        return list(SignalTag.objects.readable(self.viewer).filter(signal=self.signal).select_related("tag"))

    @cached_property
    def policy(self) -> tuple[list[Action], list[AgendaPoint]]:
        """The actions and agenda points it led to, of those the viewer may read."""
        return became(self.signal, self.viewer)

    @cached_property
    def joining(self) -> Joining | None:
        """What it went on in, as long as that was not undone."""
        if self.signal.status != SignalStatus.JOINED:
            return None
        return self.signal.joinings.filter(undone_at__isnull=True).select_related("into").first()

    @cached_property
    def goes_on_in(self) -> Signal | None:
        readable = Signal.objects.readable(self.viewer).select_related("category")
        return readable.filter(pk=self.joining.into_id).first() if self.joining else None
