"""Plans stand below /gebieden/ for people, but belong to teams."""

from django.urls import path

from teams.views import goals, plans, plans_public

app_name = "plans"

urlpatterns = [
    path("", plans.plan_list, name="plans"),
    path("nieuw/", plans.plan_add, name="plan-add"),
    path("doel/<uuid:pk>/", goals.goal, name="goal"),
    path("doel/<uuid:pk>/wijzigen/", goals.goal_edit, name="goal-edit"),
    path("doel/<uuid:pk>/plaats/", goals.goal_place, name="goal-place"),
    path("doel/<uuid:pk>/aanvaarding/", goals.goal_adoption, name="goal-adoption"),
    path("doel/<uuid:pk>/schrapping/", goals.goal_removal, name="goal-removal"),
    path("<slug:code>/", plans.plan, name="plan"),
    path("<slug:code>/wijzigen/", plans.plan_edit, name="plan-edit"),
    path("<slug:code>/doelen/nieuw/", goals.goal_add, name="goal-add"),
    path("<slug:code>/publicatie/", plans_public.publication, name="plan-publication"),
    path("<slug:code>/intrekking/", plans_public.withdrawal, name="plan-withdrawal"),
    path("<slug:code>/ontwerp/", plans_public.draft, name="plan-draft"),
    path("<slug:code>/versies/<int:number>/", plans_public.version_document, name="plan-version"),
]
