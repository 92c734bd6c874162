from allauth.account import views as account
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path

from kortrijk_gebied import views
from kortrijk_gebied.access import guarded, member, public
from reservations.views import asking, doing, start
from signals.views import feedback as hearing
from signals.views import following, offers, today
from signals.views import public as reporting
from teams.bulletins import public as news
from teams.care import public as points
from teams.views import plans_public, profile

# Only what is used of allauth: nobody signs up, and an administrator changes an e-mail address.
# Its mail about an unknown address wants a page named account_signup; ours says whom to ask.
entrance: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("signup/", views.no_sign_up, name="account_signup"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
own_account: list[URLPattern | URLResolver] = [
    path("password/change/", account.password_change, name="account_change_password"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("gezond/", views.health, name="health"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
    path("gevraagd/<str:token>/", offers.task_offer, name="task-offer"),
    path("melden/", reporting.report, name="report"),
    path("melden/<uuid:form_id>/", reporting.report, name="report-form"),
    path("melden/bevestigen/<str:token>/", reporting.proof, name="report-proof"),
    path("mijn-melding/<str:token>/", following.status_page, name="status-page"),
    path("mijn-melding/<str:token>/niet-opgelost/", following.status_reopening, name="status-reopening"),
    path("mijn-melding/<str:token>/tevredenheid/", following.status_satisfaction, name="status-satisfaction"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("postvak/", include("signals.inbox_urls")),
    path("vandaag/", today.today, name="today"),
    path("vandaag/terugkoppeling/", hearing.feedback, name="feedback"),
    path("veld/", include("signals.field_urls")),
    path("wat-is-er-te-doen/", doing.areas_doing, name="areas-doing"),
    path("wat-is-er-te-doen/<slug:code>/", doing.doing, name="doing"),
    path("wat-is-er-te-doen/<slug:code>.ics", doing.doing_calendar, name="doing-calendar"),
    path("dienstpunten/", points.points, name="points"),
    path("dienstpunten/<slug:code>/", points.area_points, name="points-area"),
    path("plannen/", plans_public.public_plans, name="plans-public"),
    path("plannen/<slug:code>/", plans_public.public_plan, name="plan-public"),
    path("plannen/<slug:code>.pdf", plans_public.public_document, name="plan-public-document"),
    path("zaal-vragen/", asking.by_mail, name="room-by-mail"),
    path("zaal-vragen/link/<str:token>/", asking.link, name="room-link"),
    path("zaal-vragen/gegevens/<str:token>/", asking.renewal, name="contact-renewal"),
    path("zaal-vragen/zaal/", asking.ask, name="room-ask"),
    path("zaal-vragen/sluiten/", asking.leave, name="room-leave"),
    path("zaal-vragen/<slug:reference>/annulering/", asking.cancellation, name="room-cancellation"),
    path("zalen/", start.start, name="rooms"),
    path("zalen/", include("reservations.urls")),
    path("signalen/", include("signals.urls")),
    path("nieuws/", news.news, name="news"),
    path("nieuws/bericht/<uuid:pk>/", news.item, name="news-item"),
    path("nieuws/foto/<uuid:pk>/", news.photo, name="news-photo"),
    path("nieuws/<slug:code>/", news.area_news, name="news-area"),
    path("nieuws/<slug:code>/feed.atom", news.feed, name="news-feed"),
    path("open311/", include("signals.open311.urls")),
    path("teams/", include("teams.urls")),
    path("gebieden/aandacht/", include("teams.flags_urls")),
    path("gebieden/briefing/", include("teams.briefing_urls")),
    path("gebieden/acties/", include("teams.inventory_urls")),
    path("gebieden/overleg/", include("teams.meetings_urls")),
    path("gebieden/plannen/", include("teams.plans_urls")),
    path("gebieden/zorgraster/", include("teams.care_urls")),
    path("gebieden/rondes/", include("signals.rounds_urls")),
    path("gebieden/rapporten/", include("teams.report_urls")),
    path("gebieden/profielcijfers/", profile.profile_import, name="profile-import"),
    path("gebieden/berichten/", include("teams.bulletins_urls")),
    path("gebieden/beurtrol/", include("teams.rota_urls")),
    path("gebieden/wie-is-wie/", include("teams.directory_urls")),
    path("gebieden/casusoverleg/", include("teams.consultations_urls")),
    path("gebieden/", include("areas.urls")),
    path("account/", include(guarded(entrance, public))),
    path("account/", include(guarded(own_account, member))),
    # The admin's own sign-in page is out of reach: `member` sends everybody through ours.
    path("beheer/", (guarded(admin.site.urls[0], member), "admin", "admin")),
]

handler400 = "kortrijk_gebied.views.bad_request"
handler403 = "kortrijk_gebied.views.forbidden"
handler404 = "kortrijk_gebied.views.not_found"
handler429 = "kortrijk_gebied.views.too_many_requests"
handler500 = "kortrijk_gebied.views.server_error"
