"""Paths are what people see, so Dutch; names are code, so English. Actions are nouns."""

from django.urls import URLPattern, path, register_converter

from signals.views import attachments, imports, intake, notes, rules, shares, signals, tasks, texts

app_name = "signals"


class ReferenceConverter:
    """S-BOKA-7291, typed in whichever case."""

    regex = r"[Ss]-[A-Za-z]{4}-\d{4}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value


register_converter(ReferenceConverter, "reference")

urlpatterns: list[URLPattern] = [
    # --- one signal (views/signals.py, views/tasks.py, views/shares.py, views/attachments.py) ---
    path("<reference:reference>/", signals.signal, name="signal"),
    path("<reference:reference>/afronding/", signals.closure, name="signal-closure"),
    path("<reference:reference>/ongedaan/", signals.undo, name="signal-undo"),
    path("<reference:reference>/annulering/", signals.cancellation, name="signal-cancellation"),
    path("<reference:reference>/heropening/", signals.reopening, name="signal-reopening"),
    path("<reference:reference>/in-het-postvak/", signals.lifting, name="signal-lifting"),
    path("<reference:reference>/niveau/", signals.level, name="signal-level"),
    path("<reference:reference>/taken/", tasks.tasks, name="signal-tasks"),
    path("<reference:reference>/notas/", notes.notes, name="signal-notes"),
    path("<reference:reference>/delingen/", shares.shares, name="signal-shares"),
    path("taken/<uuid:pk>/", tasks.task, name="task"),
    path("taken/<uuid:pk>/aanvaarding/", tasks.acceptance, name="task-acceptance"),
    path("taken/<uuid:pk>/teruggave/", tasks.return_, name="task-return"),
    path("taken/<uuid:pk>/uitvoering/", tasks.completion, name="task-completion"),
    path("taken/<uuid:pk>/intrekking/", tasks.withdrawal, name="task-withdrawal"),
    path("gedeeld/<uuid:pk>/", shares.share, name="share"),
    path("gedeeld/<uuid:pk>/einde/", shares.end, name="share-end"),
    path("fotos/<uuid:pk>/", attachments.attachment, name="attachment"),
    # --- intake and tablet (views/intake.py, views/field.py) ---
    path("nieuw/", intake.intake, name="intake"),
    path("nieuw/omgeving/", intake.surroundings, name="intake-surroundings"),
    path("nieuw/<uuid:report_id>/", intake.saved, name="intake-saved"),
    # --- imports (views/imports.py) ---
    path("import/", imports.imports, name="imports"),
    path("import/<uuid:pk>/", imports.report_import, name="import"),
    path("import/<uuid:pk>/kolommen/", imports.columns, name="import-columns"),
    path("import/<uuid:pk>/uitvoering/", imports.execution, name="import-execution"),
    path("import/<uuid:pk>/voortgang/", imports.progress, name="import-progress"),
    path("import/<uuid:pk>/geweigerd/", imports.refused, name="import-refused"),
    # --- answers and outcome texts (views/texts.py) ---
    path("teksten/", texts.texts, name="texts"),
    path("teksten/nieuw/", texts.text_add, name="text-add"),
    path("teksten/<int:pk>/", texts.text, name="text"),
    path("teksten/<int:pk>/werking/", texts.text_activity, name="text-activity"),
    path("teksten/<int:pk>/versies/<int:version>/", texts.text_version, name="text-version"),
    # --- rules (views/rules.py) ---
    path("regels/", rules.rules, name="rules"),
    path("regels/nieuw/", rules.rule_add, name="rule-add"),
    path("regels/<int:pk>/", rules.rule, name="rule"),
    path("regels/<int:pk>/plaats/", rules.rule_position, name="rule-position"),
    path("regels/<int:pk>/werking/", rules.rule_activity, name="rule-activity"),
]
