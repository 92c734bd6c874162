"""The inbox and what one does with its list. Names without a namespace: the menu and other apps know them."""

from django.urls import URLPattern, path

from signals.views import bulk, inbox, saved_filters

urlpatterns: list[URLPattern] = [
    path("", inbox.inbox, name="inbox"),
    path("rijen/", inbox.rows, name="inbox-rows"),
    path("nieuws/", inbox.news, name="inbox-news"),
    path("punten/", inbox.points, name="inbox-points"),
    path("aantallen/", inbox.counts, name="inbox-counts"),
    path("weergave/", inbox.choice, name="inbox-choice"),
    path("selectie/", bulk.selection, name="inbox-selection"),
    path("selectie/<uuid:pk>/", bulk.bulk, name="bulk"),
    path("selectie/<uuid:pk>/voortgang/", bulk.progress, name="bulk-progress"),
    path("selectie/<uuid:pk>/uitvoering/", bulk.execution, name="bulk-execution"),
    path("selectie/<uuid:pk>/ongedaan/", bulk.undo, name="bulk-undo"),
    path("filters/", saved_filters.saved_filters, name="saved-filters"),
    path("filters/nieuw/", saved_filters.saved_filter_add, name="saved-filter-add"),
    path("filters/<uuid:pk>/", saved_filters.saved_filter, name="saved-filter"),
    path("filters/<uuid:pk>/wijzigen/", saved_filters.saved_filter_edit, name="saved-filter-edit"),
    path("filters/<uuid:pk>/einde/", saved_filters.saved_filter_end, name="saved-filter-end"),
]
