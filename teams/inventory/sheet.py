"""The inventory as a file: what the list shows this reader, and nothing else."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kortrijk_gebied.sheets import Cell
from teams.models.inventory import ActionQuerySet

AT_ONCE = 500


def heading() -> list[str]:
    return [
        _("Reference"), _("Kind"), _("Title"), _("What and why"), _("Areas"), _("Team"), _("Owner"), _("Dimension"),
        _("Link of the safety chain"), _("Status"), _("Due on"), _("Result"), _("For whom"), _("Tags"), _("Budget (€)"),
        _("Paid from"),
    ]  # fmt: skip


def rows(actions: ActionQuerySet) -> Iterator[list[Cell]]:
    for action in actions.prefetch_related("areas").iterator(chunk_size=AT_ONCE):
        yield [
            action.reference,
            action.get_kind_display(),
            action.title,
            action.text,
            ", ".join(area.name for area in action.areas.all()),
            action.team.name,
            action.owner.name if action.owner else "",
            action.get_dimension_display(),
            action.get_stage_display(),
            action.get_status_display(),
            date_format(action.due_on, "d/m/Y") if action.due_on else "",
            action.result,
            action.get_audience_display(),
            ", ".join(action.tag_names),
            float(action.budget) if action.budget is not None else None,
            action.funding,
        ]
