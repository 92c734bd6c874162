"""Who plays in the permission matrix, and what the specification says each may do with four signals.

The tables are written by hand from the rules of secrecy, not computed from the code they test.
"""

AREA_WORKING = {"gebiedswerker", "projectmedewerker", "deelgemeente"}
COORDINATING = {"coordinator", "coordinator.rand", "coordinator.ocmw", "coordinator.politie"}
# Everybody with any right on an area or on a team's work; the others are stopped before anything is looked up.
WORKING = COORDINATING | AREA_WORKING | {
    "agent", "uitvoerder", "buurtwerker", "verpleegkundige", "dienstencentrum", "wijkinspecteur", "wijkinspecteur.zuid",
    "gemeenschapswacht", "gebouwbeheerder", "vereniging", "fluvius",
}  # fmt: skip
ADMINISTERING = {"beheerder", "beheerder.ocmw", "beheerder.politie"}
PROTECTING = {"dpo", "dpo.ocmw", "dpo.politie"}
GONE = "vertrokken"  # was in every team of every organisation until yesterday
COLLEAGUES = WORKING | ADMINISTERING | PROTECTING | {GONE}
STRANGER = "stranger"  # did not sign in
ANYBODY = COLLEAGUES | {STRANGER}
NOBODY: set[str] = set()

VIEWING = WORKING - {"vereniging", "fluvius", "gebouwbeheerder"}
# A school raises what it sees, and reads nothing.
REGISTERING = (VIEWING - {"uitvoerder", "verpleegkundige"}) | {"vereniging"}
IMPORTING = {"agent", "coordinator", "coordinator.rand"} | AREA_WORKING  # the call line is the city's
RULING = COORDINATING | ADMINISTERING
SORTING = COORDINATING | {"agent"}  # what came in by itself

SUBJECT = {
    "own area": ("Sluikstort", "Overleie"),  # open, of the city, with Team Net Kortrijk Noord
    "other area": ("Sluikstort", "Marke"),  # open, of the city, with Openbaar domein
    "limited": ("Burenruzie", "Overleie"),  # limited to the police, nobody's yet
    "sealed": ("Bezorgd om iemand", "Overleie"),  # sealed to the social service of the OCMW
}
ABSENT = "absent"  # nothing has this reference: it must answer as what is hidden does
CASES = [*SUBJECT, ABSENT]

READS = {
    "own area": AREA_WORKING | {
        "agent", "coordinator", "coordinator.ocmw", "coordinator.politie", "uitvoerder", "buurtwerker",
        "verpleegkundige", "dienstencentrum", "wijkinspecteur", "gemeenschapswacht",
    },
    "other area": AREA_WORKING | {
        "agent", "coordinator.rand", "coordinator.ocmw", "coordinator.politie", "uitvoerder", "buurtwerker",
        "verpleegkundige", "wijkinspecteur.zuid",
    },
    "limited": {"coordinator.politie", "wijkinspecteur"},
    "sealed": {"verpleegkundige"},
    ABSENT: NOBODY,
}  # fmt: skip
STEERS = {
    "own area": {"coordinator", "uitvoerder"},
    "other area": {"coordinator.rand", "uitvoerder"},
    "limited": {"coordinator.politie"},
    "sealed": {"verpleegkundige"},
    ABSENT: NOBODY,
}
# Who registered it does so too, for a moment.
CORRECTS = {case: who | ({"agent"} if "area" in case else set()) for case, who in STEERS.items()}
# Whoever reads an open signal may add to it, but for the nurse, who only follows the area.
NOTES = {
    "own area": READS["own area"] - {"verpleegkundige"},
    "other area": READS["other area"] - {"verpleegkundige"},
    "limited": {"coordinator.politie", "wijkinspecteur"},
    "sealed": {"verpleegkundige"},
    ABSENT: NOBODY,
}
# Who may do the task that a rule offered when the signal was made.
WORKS = {
    "own area": {"uitvoerder", "coordinator"},
    "other area": {"uitvoerder", "coordinator.rand"},
    "limited": {"coordinator.politie", "wijkinspecteur"},
    "sealed": {"verpleegkundige"},
    ABSENT: NOBODY,
}
