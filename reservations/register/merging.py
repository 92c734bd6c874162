"""Two rows of the register are one association: what hangs on the one goes to the other, and the one is gone."""

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from kortrijk_gebied.refusals import Refused
from reservations.models import Association, MonthLine
from reservations.register.one_person import bring_together


@transaction.atomic
def merge(one: Association, into: Association) -> None:
    """Bookings, series, loans, activities, contacts. Empty fields of the other are filled; nothing is overwritten. A
    person whom both know is one contact."""
    if one.pk == into.pk:
        raise Refused(_("Choose another association."))
    rows = {each.pk: each for each in Association.objects.select_for_update().filter(pk__in=(one.pk, into.pk))}
    if len(rows) != 2:
        raise Refused(_("This association was merged or taken away meanwhile."))
    one, into = rows[one.pk], rows[into.pk]  # as they stand now that nobody changes them
    if one.number and into.number:
        raise Refused(_("Both have a number of the register, so they are two associations. Correct a number first."))
    bring_together(one, into)
    for field in _that_point_here():
        rows_of = field.model._default_manager.filter(**{field.name: one})
        _hand_over(rows_of, field.name, into)
    number, one.number = one.number, ""
    one.delete()
    _fill_in(into, one, number)


def _hand_over(rows: models.QuerySet[models.Model], name: str, into: Association) -> None:
    """A closed month stays as it was: where it charged both for one booking, its two lines cannot be one holder's."""
    try:
        with transaction.atomic():
            rows.update(**{name: into})
    except IntegrityError as problem:
        if rows.model is not MonthLine:
            raise
        said = _("A closed month charges both for the same booking, and stays as it was. They cannot become one.")
        raise Refused(said) from problem


def _that_point_here() -> list[models.ForeignKey]:  # type: ignore[type-arg]  # not subscriptable when it runs
    """Every foreign key to an association, also of what another app or a later issue adds; not the history."""
    return [
        field
        for model in apps.get_models()
        if not hasattr(model, "pgh_tracked_model") and not hasattr(model, "pgh_obj")
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is Association
    ]


def _fill_in(into: Association, one: Association, number: str) -> None:
    into.number = into.number or number
    into.area_id = into.area_id or one.area_id
    into.price_group_id = into.price_group_id or one.price_group_id
    into.kinds = sorted({*into.kinds, *one.kinds})
    for name in ("address", "website"):
        setattr(into, name, getattr(into, name) or getattr(one, name))
    into.note = "\n".join(filter(None, (into.note, one.note)))[:1000]
    into.save(update_fields=["number", "area", "price_group", "kinds", "address", "website", "note"])
