"""Who plays in the permission matrix, and what the specification says each may do with four signals.

The tables are written by hand from the rules of secrecy, not computed from the code they test.
"""

# Everybody with any right on an area or on a team's work; the others are stopped before anything is looked up.
WORKING = [
    "agent", "coordinator", "coordinator.rand", "coordinator.ocmw", "coordinator.politie", "gebiedswerker",
    "uitvoerder", "buurtwerker", "verpleegkundige", "dienstencentrum", "wijkinspecteur", "wijkinspecteur.zuid",
    "gemeenschapswacht", "vereniging", "fluvius",
]  # fmt: skip
OVERSEEING = ["beheerder", "beheerder.ocmw", "dpo", "dpo.ocmw"]
GONE = "vertrokken"  # was coordinator of Noord and Centrum until yesterday
EVERYBODY = [*WORKING, *OVERSEEING, GONE]

SUBJECT = {
    "own area": ("Sluikstort", "Overleie"),  # open, of the city, with Team Net Kortrijk Noord
    "other area": ("Sluikstort", "Marke"),  # open, of the city, with Openbaar domein
    "limited": ("Burenruzie", "Overleie"),  # limited to the police, nobody's yet
    "sealed": ("Bezorgd om iemand", "Overleie"),  # sealed to the social service of the OCMW
}
CASES = list(SUBJECT)

READS = {
    "own area": {
        "agent", "coordinator", "coordinator.ocmw", "coordinator.politie", "gebiedswerker", "uitvoerder", "buurtwerker",
        "verpleegkundige", "dienstencentrum", "wijkinspecteur", "gemeenschapswacht",
    },
    "other area": {
        "agent", "coordinator.rand", "coordinator.ocmw", "coordinator.politie", "gebiedswerker", "uitvoerder",
        "buurtwerker", "verpleegkundige", "wijkinspecteur.zuid",
    },
    "limited": {"coordinator.politie", "wijkinspecteur"},
    "sealed": {"verpleegkundige"},
}  # fmt: skip
STEERS = {
    "own area": {"coordinator", "uitvoerder"},
    "other area": {"coordinator.rand", "uitvoerder"},
    "limited": {"coordinator.politie"},
    "sealed": {"verpleegkundige"},
}
NOTES = {
    "own area": {
        "agent", "coordinator", "coordinator.ocmw", "coordinator.politie", "gebiedswerker", "uitvoerder", "buurtwerker",
        "dienstencentrum", "wijkinspecteur", "gemeenschapswacht",
    },
    "other area": {
        "agent", "coordinator.rand", "coordinator.ocmw", "coordinator.politie", "gebiedswerker", "uitvoerder",
        "buurtwerker", "wijkinspecteur.zuid",
    },
    "limited": {"coordinator.politie", "wijkinspecteur"},
    "sealed": {"verpleegkundige"},
}  # fmt: skip
# Who may do the task that a rule offered when the signal was made.
WORKS = {
    "own area": {"uitvoerder", "coordinator"},
    "other area": {"uitvoerder", "coordinator.rand"},
    "limited": {"coordinator.politie", "wijkinspecteur"},
    "sealed": {"verpleegkundige"},
}
