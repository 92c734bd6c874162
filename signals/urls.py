"""Paths are what people see, so Dutch; names are code, so English. Actions are nouns."""

from django.urls import URLPattern, path, register_converter

from signals.views import (
    arrivals,
    attachments,
    correcting,
    dossiers,
    drafts,
    export,
    forecast,
    handovers,
    history,
    imports,
    intake,
    joining,
    lifting,
    notes,
    partners,
    rule_versions,
    rules,
    shares,
    signals,
    suggestions,
    tablets,
    tags,
    tasks,
    texts,
)

app_name = "signals"


class ReferenceConverter:
    """S-BOKA-7291, typed in whichever case."""

    regex = r"[Ss]-[A-Za-z]{4}-\d{4}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value


class DossierConverter(ReferenceConverter):
    """D-BOKA-7291."""

    regex = r"[Dd]-[A-Za-z]{4}-\d{4}"


register_converter(ReferenceConverter, "reference")
register_converter(DossierConverter, "dossier")

urlpatterns: list[URLPattern] = [
    # --- one signal (views/signals.py, views/tasks.py, views/shares.py, views/attachments.py) ---
    path("<reference:reference>/", signals.signal, name="signal"),
    path("<reference:reference>/naar-beleid/", lifting.signal_policy, name="signal-policy"),
    path("<reference:reference>/afronding/", signals.closure, name="signal-closure"),
    path("<reference:reference>/ongedaan/", signals.undo, name="signal-undo"),
    path("<reference:reference>/annulering/", signals.cancellation, name="signal-cancellation"),
    path("<reference:reference>/heropening/", signals.reopening, name="signal-reopening"),
    path("<reference:reference>/in-het-postvak/", signals.lifting, name="signal-lifting"),
    path("<reference:reference>/niveau/", signals.level, name="signal-level"),
    path("<reference:reference>/verbetering/", correcting.correction, name="signal-correction"),
    path("<reference:reference>/labels/", tags.tags, name="signal-tags"),
    path("<reference:reference>/labels/<uuid:pk>/einde/", tags.tag_end, name="signal-tag-end"),
    path("<reference:reference>/geschiedenis/", history.history, name="signal-history"),
    path("<reference:reference>/samenvoeging/", joining.joining, name="signal-joining"),
    path("<reference:reference>/splitsing/", joining.splitting, name="signal-splitting"),
    path("samenvoegingen/<uuid:pk>/ongedaan/", joining.joining_undo, name="joining-undo"),
    path("<reference:reference>/taken/", tasks.tasks, name="signal-tasks"),
    path("<reference:reference>/wachten/", handovers.waiting, name="signal-waiting"),
    path("<reference:reference>/hervatting/", handovers.resumption, name="signal-resumption"),
    path("<reference:reference>/overdrachten/", handovers.handovers, name="signal-handovers"),
    path("<reference:reference>/doorverwijzingen/", handovers.referrals, name="signal-referrals"),
    path("<reference:reference>/niet-voor-ons/", handovers.outside, name="signal-outside"),
    path("<reference:reference>/lezing/", arrivals.admission, name="signal-admission"),
    path("<reference:reference>/notas/", notes.notes, name="signal-notes"),
    path("<reference:reference>/collegas/", notes.colleagues, name="signal-colleagues"),
    path("<reference:reference>/delingen/", shares.shares, name="signal-shares"),
    path("taken/<uuid:pk>/", tasks.task, name="task"),
    path("taken/<uuid:pk>/aanvaarding/", tasks.acceptance, name="task-acceptance"),
    path("taken/<uuid:pk>/begin/", tasks.beginning, name="task-beginning"),
    path("taken/<uuid:pk>/teruggave/", tasks.return_, name="task-return"),
    path("taken/<uuid:pk>/uitvoering/", tasks.completion, name="task-completion"),
    path("taken/<uuid:pk>/intrekking/", tasks.withdrawal, name="task-withdrawal"),
    path("overdrachten/<uuid:pk>/", handovers.handover, name="handover"),
    path("overdrachten/<uuid:pk>/aanvaarding/", handovers.acknowledgement, name="handover-acknowledgement"),
    path("overdrachten/<uuid:pk>/bevestiging/", handovers.confirmation, name="handover-confirmation"),
    path("overdrachten/<uuid:pk>/weigering/", handovers.refusal, name="handover-refusal"),
    path("overdrachten/<uuid:pk>/intrekking/", handovers.withdrawal, name="handover-withdrawal"),
    path("overdrachten/<uuid:pk>/terugname/", handovers.retraction, name="handover-retraction"),
    path("bevestigen/<str:token>/", handovers.outside_answer, name="outside"),
    path("gedeeld/<uuid:pk>/", shares.share, name="share"),
    path("gedeeld/<uuid:pk>/einde/", shares.end, name="share-end"),
    path("<reference:reference>/bijlagen/", attachments.attachments, name="signal-attachments"),
    path("bijlagen/<uuid:pk>/", attachments.page, name="attachment-page"),
    path("bijlagen/<uuid:pk>/bestand/", attachments.attachment, name="attachment"),
    path("bijlagen/<uuid:pk>/klein/", attachments.thumbnail, name="attachment-thumbnail"),
    path("bijlagen/<uuid:pk>/rij/", attachments.item, name="attachment-item"),
    path("bijlagen/<uuid:pk>/omschrijving/", attachments.description, name="attachment-description"),
    path("bijlagen/<uuid:pk>/vlakken/", attachments.patches, name="attachment-patches"),
    path("bijlagen/<uuid:pk>/verwijdering/", attachments.removal, name="attachment-removal"),
    # --- intake (views/intake.py) ---
    path("nieuw/", intake.intake, name="intake"),
    path("nieuw/concept/", drafts.draft, name="intake-draft"),
    path("nieuw/concept/verwijdering/", drafts.draft_removal, name="intake-draft-removal"),
    path("nieuw/antwoorden/", drafts.answers, name="intake-answers"),
    path("nieuw/omgeving/", intake.surroundings, name="intake-surroundings"),
    path("nieuw/onderwerp/", suggestions.suggested, name="intake-suggestions"),
    path("nieuw/<uuid:report_id>/", intake.saved, name="intake-saved"),
    # --- tablets (views/tablets.py) ---
    path("tablets/", tablets.tablets, name="tablets"),
    path("tablets/inlezing/", tablets.tablet_recovery, name="tablet-recovery"),
    path("tablets/<uuid:pk>/", tablets.tablet, name="tablet"),
    path("tablets/<uuid:pk>/opdracht/", tablets.tablet_order, name="tablet-order"),
    path("tablets/<uuid:pk>/buiten-gebruik/", tablets.tablet_revocation, name="tablet-revocation"),
    # --- mail that became nothing (views/arrivals.py) ---
    path("post/", arrivals.mail, name="mail"),
    path("post/<uuid:pk>/bron/", arrivals.mail_source, name="mail-source"),
    path("post/<uuid:pk>/registratie/", arrivals.mail_registration, name="mail-registration"),
    path("post/<uuid:pk>/afhandeling/", arrivals.mail_settlement, name="mail-settlement"),
    # --- imports (views/imports.py) ---
    path("import/", imports.imports, name="imports"),
    path("import/<uuid:pk>/", imports.report_import, name="import"),
    path("import/<uuid:pk>/kolommen/", imports.columns, name="import-columns"),
    path("import/<uuid:pk>/uitvoering/", imports.execution, name="import-execution"),
    path("import/<uuid:pk>/voortgang/", imports.progress, name="import-progress"),
    path("import/<uuid:pk>/geweigerd/", imports.refused, name="import-refused"),
    # --- dossiers (views/dossiers.py) ---
    path("dossiers/", dossiers.dossiers, name="dossiers"),
    path("dossiers/nieuw/", dossiers.dossier_add, name="dossier-add"),
    path("dossiers/<dossier:reference>/", dossiers.dossier, name="dossier"),
    path("dossiers/<dossier:reference>/naar-beleid/", lifting.dossier_policy, name="dossier-policy"),
    path("dossiers/<dossier:reference>/geschiedenis/", dossiers.dossier_history, name="dossier-history"),
    path("dossiers/<dossier:reference>/signalen/", dossiers.dossier_entries, name="dossier-entries"),
    path(
        "dossiers/<dossier:reference>/signalen/<reference:signal>/verwijdering/",
        dossiers.dossier_removal,
        name="dossier-removal",
    ),
    path("dossiers/<dossier:reference>/notas/", dossiers.dossier_notes, name="dossier-notes"),
    path("dossiers/<dossier:reference>/afsluiting/", dossiers.dossier_closure, name="dossier-closure"),
    path("dossiers/<dossier:reference>/heropening/", dossiers.dossier_reopening, name="dossier-reopening"),
    # --- answers and outcome texts (views/texts.py) ---
    path("teksten/", texts.texts, name="texts"),
    path("teksten/nieuw/", texts.text_add, name="text-add"),
    path("teksten/<int:pk>/", texts.text, name="text"),
    path("teksten/<int:pk>/werking/", texts.text_activity, name="text-activity"),
    path("teksten/<int:pk>/versies/<int:version>/", texts.text_version, name="text-version"),
    # --- rules (views/rules.py) ---
    path("week/", forecast.week, name="forecast"),
    path("regels/", rules.rules, name="rules"),
    path("regels/nieuw/", rules.rule_add, name="rule-add"),
    path("regels/<int:pk>/", rules.rule, name="rule"),
    path("regels/<int:pk>/plaats/", rules.rule_position, name="rule-position"),
    path("regels/<int:pk>/werking/", rules.rule_activity, name="rule-activity"),
    path("regels/<int:pk>/proef/", rules.rule_trial, name="rule-trial"),
    path("regels/<int:pk>/versies/", rule_versions.versions, name="rule-versions"),
    path("regels/<int:pk>/versies/<int:number>/herstel/", rule_versions.restoration, name="rule-restoration"),
    # --- the list as a file, and the programs of partners (views/export.py, views/partners.py) ---
    path("export/", export.export, name="export"),
    path("exports/", export.exports, name="exports"),
    path("koppelingen/", partners.partners, name="partners"),
    path("koppelingen/sleutels/nieuw/", partners.key_add, name="partner-key-add"),
    path("koppelingen/sleutels/<uuid:pk>/intrekking/", partners.key_revocation, name="partner-key-revocation"),
    path("koppelingen/webhooks/nieuw/", partners.webhook_add, name="webhook-add"),
    path("koppelingen/webhooks/<uuid:pk>/", partners.webhook, name="webhook"),
    path("koppelingen/webhooks/<uuid:pk>/werking/", partners.webhook_activity, name="webhook-activity"),
    path("koppelingen/webhooks/<uuid:pk>/geheim/", partners.webhook_secret, name="webhook-secret"),
    path("koppelingen/leveringen/<uuid:pk>/herhaling/", partners.delivery_retry, name="delivery-retry"),
]
