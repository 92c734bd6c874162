"""At which hours of the week which rooms are used in the demo city, and how full the houses are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Slot:
    """Some weekdays from an hour to an hour. `regular` is how likely somebody has it every week."""

    days: str
    start: str
    end: str
    regular: float
    weekly: str
    once: str
    in_holidays: bool = True


OFFICE_HOURS = ("09", "10", "11", "14", "15", "16")

S = Slot
RHYTHMS: dict[str, list[Slot]] = {
    "great": [
        S("4", "19:30", "23:30", 0, "", "party"),
        S("5", "13:00", "17:30", 0, "", "party"),
        S("5", "19:00", "00:45", 0, "", "party"),
        S("6", "11:00", "17:30", 0, "", "party"),
    ],
    "hall": [
        S("01234", "09:00", "11:30", 0.35, "seniors", "morning"),
        S("01234", "13:30", "16:30", 0.6, "seniors", "seniors"),
        S("01234", "17:00", "18:30", 0.5, "children", "children", in_holidays=False),
        S("01234", "19:00", "22:00", 0.75, "club", "evening", in_holidays=False),
        S("5", "09:30", "12:00", 0.6, "club", "party"),
        S("5", "14:00", "17:30", 0.2, "club", "party"),
        S("5", "19:00", "00:30", 0, "", "party"),
        S("6", "10:00", "13:00", 0.2, "club", "party"),
        S("6", "14:30", "18:30", 0, "", "party"),
    ],
    "foyer": [
        S("01234", "09:30", "11:30", 0.3, "seniors", "morning"),
        S("01234", "14:00", "17:00", 0.4, "seniors", "seniors"),
        S("0123", "19:30", "22:00", 0.4, "workshop", "evening"),
        S("5", "11:00", "14:00", 0, "", "party"),
        S("5", "17:00", "22:00", 0, "", "party"),
        S("6", "10:30", "13:30", 0, "", "party"),
    ],
    "meeting": [
        S("01234", "09:00", "10:30", 0.25, "meeting", "meeting"),
        S("01234", "10:30", "12:00", 0.15, "meeting", "meeting"),
        S("01234", "13:30", "15:00", 0.25, "meeting", "meeting"),
        S("01234", "15:00", "16:30", 0.15, "meeting", "meeting"),
        S("0123", "19:30", "21:30", 0.3, "committee", "committee"),
    ],
    "police": [
        S("01234", "08:30", "09:15", 0.9, "police", "police"),
        S("01234", "09:30", "11:00", 0.3, "police", "police"),
        S("01234", "11:00", "12:00", 0.2, "police", "police"),
        S("01234", "13:30", "15:00", 0.3, "police", "police"),
        S("01234", "15:00", "16:30", 0.2, "police", "police"),
        S("56", "14:00", "15:00", 0.3, "police", "police"),
    ],
    "consult": [
        *[S("0124", f"{hour}:00", f"{hour}:50", 0.15, "consult", "consult") for hour in OFFICE_HOURS],
        S("3", "09:00", "12:00", 1, "sitting", "consult"),
        S("3", "13:30", "16:30", 1, "sitting", "consult"),
    ],
    "course": [
        S("01234", "09:00", "10:30", 0.6, "course", "course"),
        S("01234", "10:45", "12:00", 0.5, "course", "course"),
        S("01234", "13:30", "15:00", 0.6, "course", "course"),
        S("01234", "15:15", "16:45", 0.5, "course", "course"),
        S("3", "19:00", "21:00", 0.6, "course", "course"),
        S("5", "14:00", "16:00", 0.4, "course", "course"),
    ],
    "workshop": [
        S("01234", "09:30", "11:45", 0.4, "workshop", "workshop"),
        S("01234", "13:30", "16:00", 0.4, "workshop", "workshop"),
        S("0123", "19:00", "21:30", 0.6, "workshop", "workshop", in_holidays=False),
        S("5", "09:30", "12:00", 0.6, "workshop", "workshop"),
    ],
    "service": [
        S("01234", "09:00", "11:00", 0.7, "service", "service"),
        S("01234", "11:45", "13:15", 1, "meal", "meal"),
        S("01234", "13:45", "17:00", 0.75, "service", "service"),
        S("3", "18:30", "21:00", 0.4, "service", "course"),
        S("5", "14:00", "17:30", 0.4, "service", "service"),
    ],
    "house": [
        S("01234", "10:00", "11:45", 0.7, "house", "house"),
        S("01234", "13:30", "15:15", 0.6, "house", "house"),
        S("01234", "15:30", "17:00", 0.7, "house", "house"),
        S("1", "19:00", "21:15", 0.6, "house", "house"),
        S("5", "10:30", "12:30", 0.4, "house", "house"),
        S("5", "13:30", "16:30", 0.3, "house", "house"),
    ],
    "gym": [
        *[S("01234", start, end, 1, "lesson", "lesson", in_holidays=False) for start, end in (
            ("08:30", "09:20"), ("09:20", "10:10"), ("10:25", "11:15"), ("11:15", "12:05"))],
        *[S("0134", start, end, 1, "lesson", "lesson", in_holidays=False) for start, end in (
            ("13:15", "14:05"), ("14:05", "14:55"))],
        *[S("01234", start, end, 0.95, "sport", "sport", in_holidays=False) for start, end in (
            ("17:30", "19:00"), ("19:00", "20:30"), ("20:30", "22:00"))],
        S("5", "09:00", "11:00", 0.8, "sport", "sport"),
        S("5", "11:00", "13:00", 0.7, "sport", "sport"),
        S("5", "14:00", "16:00", 0.5, "sport", "sport"),
        S("6", "09:30", "12:00", 0.6, "sport", "sport"),
    ],
    "whole-gym": [S("5", "13:30", "17:30", 0, "", "tournament"), S("6", "13:00", "17:30", 0, "", "tournament")],
    "refter": [
        S("0134", "12:00", "13:15", 1, "lunch", "lunch", in_holidays=False),
        S("0134", "15:45", "16:45", 0, "", "parents", in_holidays=False),
    ],
    "youth": [
        S("2", "13:00", "16:00", 0.9, "youth", "youth"),
        S("0123", "18:00", "20:30", 0.6, "youth", "youth"),
        S("45", "20:00", "02:00", 0, "", "concert"),
        S("56", "14:00", "17:30", 0.5, "youth", "youth"),
    ],
    "rehearsal": [
        S("01234", "14:15", "16:00", 0.3, "rehearsal", "rehearsal"),
        S("01234", "16:15", "18:15", 0.7, "rehearsal", "rehearsal"),
        S("01234", "18:30", "20:30", 0.8, "rehearsal", "rehearsal"),
        S("0123", "20:45", "22:45", 0.7, "rehearsal", "rehearsal"),
        S("56", "14:00", "16:30", 0.6, "rehearsal", "rehearsal"),
        S("5", "17:00", "19:30", 0.4, "rehearsal", "rehearsal"),
    ],
    "library": [
        S("1234", "10:15", "11:45", 0.4, "library", "library"),
        S("1234", "14:00", "16:00", 0.3, "library", "library"),
        S("5", "10:30", "12:30", 0.7, "library", "library"),
    ],
}  # fmt: skip

# Which rhythm a room has, by the beginning of its code.
ROOMS = (
    ("grote-zaal-met-foyer", "great"), ("vergader", "meeting"), ("raadzaal", "meeting"), ("spreekkamer", "consult"),
    ("zitdaglokaal", "consult"), ("overlegzaal", "police"), ("leslokaal", "police"), ("cursuslokaal", "course"),
    ("atelier", "workshop"), ("polyvalente-zaal", "service"), ("ontmoetingsruimte", "house"), ("turnzaal-", "gym"),
    ("turnzaal", "whole-gym"), ("refter", "refter"), ("leeszaal", "library"), ("repetitielokaal", "rehearsal"),
    ("foyer", "foyer"), ("cafetaria", "foyer"), ("", "hall"),
)  # fmt: skip

# How much of that is really used: some houses are full, some stand nearly empty.
FULL = {
    "oc-marke": 0.97, "joc-kortrijk": 0.95, "oc-aalbeke": 0.62, "oc-lange-munte": 0.66, "oc-heule-1": 0.58,
    "oc-de-wervel": 0.55, "oc-rollegem": 0.3, "oc-kooigem": 0.22, "oc-bissegem": 0.1, "oc-heule-2": 0.06,
    "stadhuis": 0.85, "bibliotheek": 0.6, "sociaal-huis": 0.88, "hoofdkantoor-pz-vlas": 0.75,
    "basisschool-de-wegwijzer": 0.95, "centrum-overleie": 0.9, "dienstencentrum-de-zonnewijzer": 0.88,
    "dienstencentrum-de-conde": 0.7, "dienstencentrum-t-cirkant": 0.75, "dienstencentrum-de-zevenkamer": 0.68,
    "dienstencentrum-de-vlaskapelle": 0.5, "buurtcentrum-achturenhuis": 0.8, "buurthuis-venning": 0.45,
    "poortgebouw-v-tex": 0.6, "buurtwerk-lange-munte": 0.55,
}  # fmt: skip


def rhythm_of(building: str, room: str, *, has_parts: bool) -> str:
    """A hall that comes apart is for parties; the halves have the week."""
    if building == "joc-kortrijk" and room == "grote-zaal":
        return "youth"
    found = next(rhythm for beginning, rhythm in ROOMS if room.startswith(beginning))
    return "great" if found == "hall" and has_parts else found
