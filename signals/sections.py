"""Loads every section of signals, so that it is registered."""

from signals import (  # noqa: F401
    area_sections,
    briefing_sections,
    presence_sections,
    report_sections,
    rule_sections,
    today_keeping,
    today_sections,
)
