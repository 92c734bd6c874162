"""What our words are called in UiTdatabank. Of its long list of terms only those whose id is certain."""

from reservations.models import ActivityKind, Target

# The eventtypes of UiTdatabank (cultuurnet/udb3-backend, its resolver of event types), as id and label.
UNSAID = ("0.51.0.0.0", "Type onbepaald")
EVENT_TYPES: dict[ActivityKind, tuple[str, str]] = {
    ActivityKind.MEAL: ("1.50.0.0.0", "Eten en drinken"),
    ActivityKind.COURSE: ("0.3.1.0.0", "Lessenreeks"),
    ActivityKind.OPEN: ("0.12.0.0.0", "Opendeurdag"),
}
KINDS = {term: kind for kind, (term, _label) in EVENT_TYPES.items()} | {
    "0.3.1.0.1": ActivityKind.COURSE  # a course with open sessions
}

# In years; None is without an end. UiTdatabank has no target groups, it has ages.
AGES: dict[str, tuple[int, int | None]] = {
    Target.CHILDREN: (0, 12),
    Target.YOUNG: (12, 18),
    Target.ADULTS: (18, None),
    Target.SENIORS: (60, None),
    Target.FAMILIES: (0, None),
}


def age_range(targets: list[str]) -> str:
    """As UiTdatabank writes it: "6-12", "60-" without an end, "-" for all ages."""
    known = [AGES[target] for target in targets if target in AGES]
    if not known:
        return "-"
    first = min(age for age, _last in known)
    lasts = [last for _first, last in known]
    last = None if None in lasts else max(each for each in lasts if each is not None)
    return "-" if (first, last) == (0, None) else f"{first}-{'' if last is None else last}"


def targets_in(ages: str) -> list[str]:
    """The groups that fall within the ages; of all ages, or of what cannot be read, none."""
    first, dash, last = ages.partition("-")
    if not dash or not (first or last) or not (first + last).isdecimal():
        return []
    low, high = int(first or 0), int(last) if last else None
    if high is None:
        return [Target.SENIORS] if low >= 55 else [Target.ADULTS] if low >= 16 else []
    return [Target.CHILDREN] if high <= 13 else [Target.YOUNG] if low >= 11 and high <= 26 else []
