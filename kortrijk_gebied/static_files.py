"""Static files under names that change with their contents, also where one module of the tablet imports another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it ships no types
    """Without this a browser that kept yesterday's `outbox.js` would load it beside today's `shell.js`."""

    support_js_module_import_aggregation = True
    # One pass settles one storey of imports, and the modules of the tablet stand higher than five.
    max_post_process_passes = 12
