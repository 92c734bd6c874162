"""Publishing a plan: its words and its document are kept as they are that day, and everybody reads those."""

import datetime as dt
import hashlib
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from teams.mandates import must_speak
from teams.models import Plan, PlanVersion, User
from teams.plans.drawing import chart_of
from teams.plans.freezing import Frozen, Node, contents
from teams.plans.progress import for_everybody


class Unowned(Refused):
    """Goals of which nobody knows who does them."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        names = get_text_list([f"{node.number} {node.data['title']}" for node in nodes], _("and"))
        super().__init__(
            _("No service does this yet: %(names)s. Choose one, or take it out of the plan.") % {"names": names}
        )


def unowned(plan: Frozen) -> list[Node]:
    return [node for node in plan.nodes if node.is_unowned]


def publish(plan: Plan, *, by: User) -> PlanVersion:
    """Everybody reads it from now on as it stands. Asked twice, it is published once."""
    with transaction.atomic():
        plan = plan.locked()
        if plan.is_related:
            raise Refused(_("The plan of a partner is published by that partner."))
        must_speak(by, plan.team, on=timezone.localdate())
        data = contents(plan)
        written = Frozen.of(data)
        if all(node.is_heading for node in written.nodes):
            raise Refused(_("There is no goal in this plan yet, only headings. First add what will be done."))
        if missing := unowned(written):
            raise Unowned(missing)
        former = plan.versions.filter(ended_at=None).first()
        if former and former.contents == data:
            return former
        if former:
            former.end(by=by)
        return _keep(plan, data, by)


def _keep(plan: Plan, data: dict[str, Any], by: User) -> PlanVersion:
    last = plan.versions.aggregate(last=Max("number"))["last"] or 0
    version = PlanVersion(plan=plan, number=last + 1, contents=data, published_by=by, published_at=timezone.now())
    document = render(Frozen.of(data), number=version.number, on=timezone.localdate(version.published_at))
    version.sha256 = hashlib.sha256(document).hexdigest()
    storage, name = version.file.storage, f"plans/{plan.pk}-{version.number}.pdf"
    storage.delete(name)  # of a worker that died before this was kept; nobody has seen it
    version.file.name = storage.save(name, ContentFile(document))
    version.save()
    return version


def render(plan: Frozen, *, number: int | None, on: dt.date) -> bytes:
    """As PDF. Without a number it is a draft. Of actions it says what everybody may know, on this day."""
    from kortrijk_gebied.pdf import render_pdf  # takes half a second to load; only who prints pays it

    together = for_everybody(plan)
    context = {
        "plan": plan, "number": number, "on": on, "together": together, "chart": chart_of(plan),
        "site": settings.SITE_URL,
    }  # fmt: skip
    return render_pdf("teams/plans/plan.pdf.html", context)
