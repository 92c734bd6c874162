from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kortrijk_gebied.admin import OwnAdmin, organisation_of
from kortrijk_gebied.limits import TERM_DAYS, at_most
from signals.models import Category


@admin.register(Category)
class CategoryAdmin(OwnAdmin):
    """The subjects of one's own organisation. Signals, reports and notes are never in the admin."""

    list_display = ["name", "parent", "term_days", "level", "routine", "on_tablet", "active"]
    list_filter = ["active", "level", "routine", "on_tablet"]
    list_select_related = ["parent"]
    search_fields = ["name", "code"]
    fields = [
        "name", "code", "parent", "term_days", "level", "about_persons", "routine", "task_title", "icon",
        "on_tablet", "public", "public_words", "active", "order",
    ]  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # What came in under a subject was promised a level of secrecy: that is not changed afterwards.
        return ["code", "level", "about_persons"] if obj else []

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A new subject is its organisation's before it is looked at: who would read it depends on that."""
        form = super().get_form(request, obj, change, **kwargs)
        owner = organisation_of(request)

        class Owned(form):  # type: ignore[misc, valid-type]
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                if self.instance.pk is None:
                    self.instance.owner = owner
                if term := self.fields.get("term_days"):
                    at_most(term, TERM_DAYS, _("A term is 260 working days at most: that is a year."))

        return Owned

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"code": ["name"]}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "parent":
            kwargs["queryset"] = Category.objects.filter(parent__isnull=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
