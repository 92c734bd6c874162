"""Loads every section of signals, so that it is registered."""

from signals import area_sections, briefing_sections, report_sections, rule_sections, today_keeping, today_sections  # noqa: F401
