"""Small pieces of page: icons, terms, badges, form fields. Their markup stands in templates/components/."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Protocol

from django import forms, template
from django.core.paginator import Page
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext

from kortrijk_gebied import kept
from kortrijk_gebied.charts import BarChart

register = template.Library()


class Badge(Protocol):
    """What an organisation must tell about itself to be drawn."""

    name: str
    letter: str

    @property
    def style(self) -> str: ...


# What a badge says aloud, and whether it is filled: filled is a yes, outlined is a question.
BADGE_STATES: dict[str, tuple[str | Promise, str]] = {
    "": ("", ""),
    "offered": (gettext_lazy("offered"), ""),
    "accepted": (gettext_lazy("accepted"), "done"),
    "in_progress": (gettext_lazy("in progress"), "done"),
    "done": (gettext_lazy("done"), "done"),
    "returned": (gettext_lazy("returned"), "returned"),
    "withdrawn": (gettext_lazy("withdrawn"), "returned"),
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of static/icons.svg. It is never the only sign: words or a label stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("icons.svg"),
        name,
    )


@register.simple_tag
def org_badge(organisation: Badge, state: str = "") -> SafeString:
    says, style = BADGE_STATES.get(str(state), ("", ""))
    text = f"{organisation.name}: {says}" if says else organisation.name
    return format_html(
        '<span class="org {} {}" role="img" aria-label="{}" title="{}"><span aria-hidden="true">{}</span></span>',
        organisation.style,
        style,
        text,
        text,
        organisation.letter,
    )


@register.simple_tag(takes_context=True)
def keepable(context: dict[str, Any], page: str) -> SafeString:
    """In a form: if the session ends while somebody writes, what was typed waits for them on `page`."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return SafeString("")
    return format_html('<input type="hidden" name="{}" value="{}">', kept.FIELD, kept.mark(request.user, page))


@register.simple_tag
def tag(text: str, color: str = "neutral") -> SafeString:
    return format_html('<span class="ds-tag" data-color="{}">{}</span>', color, text)


@register.simple_tag
def term(due: datetime | date | None) -> SafeString:
    """When something is due, in the words of somebody who looks at it today."""
    if due is None:
        return SafeString("")
    urgency, words = term_words(due, timezone.localtime())
    return format_html(
        '<time class="term {}" datetime="{}" title="{}">{}</time>', urgency, due.isoformat(), full_date(due), words
    )


@register.filter
def breakable(address: str) -> SafeString:
    """A mail address that a narrow window breaks after its @, not in the middle of a word."""
    name, at, host = address.partition("@")
    return format_html("{}{}<wbr>{}", name, at, host)


@register.filter
def no_line_begins_with_a_dot(title: str) -> str:
    """A heading of two parts breaks after the dot between them."""
    return title.replace(" · ", "\N{NO-BREAK SPACE}· ")


@register.simple_tag
def days_ago(moment: datetime) -> SafeString:
    """How long something stands there already, as one says it."""
    days = (timezone.localdate() - timezone.localdate(moment)).days
    words = ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}
    said = {0: gettext("today"), 1: gettext("yesterday")}.get(days, words)
    return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), full_date(moment), said)


def term_words(due: datetime | date, now: datetime) -> tuple[str, str]:
    moment = timezone.localtime(due) if isinstance(due, datetime) else None
    days = ((moment.date() if moment else due) - now.date()).days
    clock = time_format(moment, "G.i") if moment else ""
    if days < 0:
        return "late", ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
    if moment and moment < now:
        return "late", gettext("late since %(time)s") % {"time": clock}
    if days == 0:
        return "soon", gettext("today %(time)s") % {"time": clock} if clock else gettext("today")
    if days == 1:
        return "soon", gettext("tomorrow")
    return "", ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def full_date(due: datetime | date) -> str:
    if isinstance(due, datetime):
        return date_format(timezone.localtime(due), "DATETIME_FORMAT")
    return date_format(due)


@register.inclusion_tag("components/field.html")
def field(bound: forms.BoundField, **attrs: Any) -> dict[str, Any]:
    """A form field with label, description and error, tied together for a screen reader.

    Extra arguments become attributes of the input: `{% field form.place autocomplete="off" %}`.
    """
    widget = bound.field.widget
    # A browser cuts what is pasted without a word; the form says by how much it is too long, and keeps it all.
    widget.attrs.pop("maxlength", None)
    kind = "input"
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        kind = "group"
    elif isinstance(widget, forms.CheckboxInput):
        kind = "checkbox"
    attributes = {"class": "ds-input", **{name.replace("_", "-"): value for name, value in attrs.items()}}
    shows_optional = (
        not bound.field.required and kind == "input" and bound.name not in getattr(bound.form, "one_of", ())
    )
    return {
        "bound": bound,
        "kind": kind,
        "is_optional": shows_optional,
        "control": bound.as_widget(attrs=attributes) if kind != "group" else "",
        "is_hidden": bound.is_hidden,
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(*shown: forms.BaseForm | Sequence[forms.BaseForm]) -> dict[str, Any]:
    """All that is wrong, at the top of the page, each line a link to its field. Of one form, or of all that are sent
    together; `named` is what one of several is called on the page."""
    together = [form for each in shown if each for form in ([each] if isinstance(each, forms.BaseForm) else each)]
    lines = [
        {
            "target": first_control(form[name]),
            "label": asked(", ".join(filter(None, [getattr(form, "named", ""), str(form[name].label)]))),
            "error": error,
        }
        for form in together
        for name, errors in form.errors.items()
        if name in form.fields
        for error in errors
    ]
    general = [error for form in together for error in form.non_field_errors()]
    return {"lines": lines, "general": general, "has_errors": bool(lines or general)}


def asked(label: str) -> str:
    """A colon goes between a label and what is wrong with it, unless it is a question."""
    return label if label.endswith("?") else f"{label}:"


def first_control(bound: forms.BoundField) -> str:
    is_group = isinstance(bound.field.widget, forms.CheckboxSelectMultiple | forms.RadioSelect)
    return f"{bound.auto_id}_0" if is_group else bound.id_for_label


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "request": context.get("request")}


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(chart: BarChart) -> dict[str, Any]:
    return {"chart": chart}
