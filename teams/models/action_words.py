"""What an action of the inventory can be, where it stands and which word hangs on it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActionKind(models.TextChoices):
    ACTION = "action", _("action")
    OPPORTUNITY = "opportunity", _("opportunity")
    BOTTLENECK = "bottleneck", _("bottleneck")
    AGREEMENT = "agreement", _("agreement")


class Dimension(models.TextChoices):
    PROACTIVE = "proactive", _("proactive")
    PREVENTIVE = "preventive", _("preventive")
    REACTIVE = "reactive", _("reactive")


class ChainStage(models.TextChoices):
    """The links of the safety chain, from taking causes away to picking up afterwards."""

    PROACTION = "proaction", _("proaction")
    PREVENTION = "prevention", _("prevention")
    PREPARATION = "preparation", _("preparation")
    REPRESSION = "repression", _("repression")
    AFTERCARE = "aftercare", _("aftercare")


class ActionStatus(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    PLANNED = "planned", _("planned")
    RUNNING = "running", _("it runs")
    DONE = "done", _("is done")
    DROPPED = "dropped", _("dropped")


OPEN = [ActionStatus.PROPOSED, ActionStatus.PLANNED, ActionStatus.RUNNING]
ENDED = [ActionStatus.DONE, ActionStatus.DROPPED]
TRANSITIONS: dict[str, frozenset[ActionStatus]] = {
    "take": frozenset(OPEN),
    "plan": frozenset([ActionStatus.PROPOSED]),
    "start": frozenset([ActionStatus.PROPOSED, ActionStatus.PLANNED]),
    "finish": frozenset(OPEN),
    "drop": frozenset(OPEN),
    "reopen": frozenset(ENDED),
}


class ActionTag(models.TextChoices):
    """What older documents kept a register for, and here is one word on a line of the inventory."""

    QUICK_WIN = "quick_win", _("quick win")
    LEVER_PROJECT = "lever_project", _("lever project")
    CAMPAIGN = "campaign", _("prevention campaign")
    CITIZENS_INITIATIVE = "citizens_initiative", _("citizens’ initiative")
    RECOMMENDATION = "recommendation", _("recommendation")
    INSTRUMENT = "instrument", _("instrument")
    RENOVATION = "renovation", _("block renovation")
    NEIGHBOURHOOD_BUDGET = "neighbourhood_budget", _("neighbourhood budget")
    PARTICIPATORY_BUDGET = "participatory_budget", _("participatory budget")
    MONITORING = "monitoring", _("monitoring of the area")
    NEEDS_SURVEY = "needs_survey", _("needs survey of key figures")
    HEARING = "hearing", _("hearing on a theme")
    JOINT_INTERVENTION = "joint_intervention", _("linked intervention")
    POOLED_BUDGET = "pooled_budget", _("pooled budget")
    INTERIM_EVALUATION = "interim_evaluation", _("interim evaluation")
    HANDOVER = "handover", _("handover of neighbourhood work")
    NEIGHBOURHOOD_WORK = "neighbourhood_work", _("neighbourhood work")
    MEDIATION = "mediation", _("neighbourhood mediation")
    YOUNG_PEOPLE = "young_people", _("young people and nuisance")
    DRUGS = "drugs", _("drugs")
    WATCH_NETWORK = "watch_network", _("neighbourhood information network")
    VOLUNTEERS = "volunteers", _("volunteers")
    PARTICIPATION = "participation", _("participation")
    COMMUNICATION = "communication", _("communication")
    # Besides communication the two other ways to manage a dossier that was lifted.
    COMMISSIONING = "commissioning", _("commissioning")
    COORDINATION = "coordination", _("steered together")
    MEANS = "means", _("means: staff, ICT, money")
