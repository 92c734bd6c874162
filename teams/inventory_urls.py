from django.urls import path

from teams.inventory import progress, views

app_name = "inventory"

urlpatterns = [
    path("", views.actions, name="actions"),
    path("lijst.csv", views.actions_sheet, name="actions-sheet"),
    path("nieuw/", views.action_add, name="action-add"),
    path("<str:reference>/", views.action, name="action"),
    path("<str:reference>/bewerken/", views.action_edit, name="action-edit"),
    path("<str:reference>/geschiedenis/", views.action_history, name="action-history"),
    path("<str:reference>/cijfers/", progress.action_figures, name="action-figures"),
    path("<str:reference>/cijfers/<uuid:pk>/weg/", progress.action_figure_removal, name="action-figure-removal"),
    path("<str:reference>/stap/<slug:step>/", progress.action_status, name="action-status"),
]
