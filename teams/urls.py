"""Paths are what people see, so Dutch; names are code, so English."""

from django.urls import URLPattern, path

from teams.views import absences, calendar, external, faces, joint, me, people, posts, presence, read_log, teams

app_name = "teams"

urlpatterns: list[URLPattern] = [
    # --- oneself ---
    path("ik/", me.me, name="me"),
    path("ik/mail/", me.mail, name="me-mail"),
    path("ik/afwezigheden/", absences.absences, name="absences"),
    path("ik/afwezigheden/<uuid:pk>/", absences.absence, name="absence"),
    path("ik/afwezigheden/<uuid:pk>/intrekking/", absences.absence_withdrawal, name="absence-withdrawal"),
    path("ik/bereik/", faces.reach, name="reach"),
    path("ik/foto/", faces.face, name="face"),
    path("ik/foto/verwijdering/", faces.face_removal, name="face-removal"),
    path("ik/aanwezigheid/", faces.presence_add, name="presence-add"),
    path("ik/aanwezigheid/<uuid:pk>/einde/", presence.presence_ending, name="presence-ending"),
    path("mensen/<uuid:pk>/foto/", faces.face_of, name="face-of"),
    # --- people (views/people.py) ---
    path("mensen/", people.people, name="people"),
    path("mensen/nieuw/", people.person_add, name="person-add"),
    path("mensen/<uuid:pk>/", people.person, name="person"),
    path("mensen/<uuid:pk>/wijzigen/", people.person_edit, name="person-edit"),
    path("mensen/<uuid:pk>/stopzetting/", people.person_deactivation, name="person-deactivation"),
    path("mensen/<uuid:pk>/heropening/", people.person_activation, name="person-activation"),
    path("mensen/<uuid:pk>/uitnodiging/", people.person_invitation, name="person-invitation"),
    path("mensen/<uuid:pk>/lidmaatschappen/nieuw/", people.membership_add, name="membership-add"),
    path("mensen/lidmaatschappen/<int:pk>/", people.membership, name="membership"),
    # --- teams and posts (views/teams.py, views/posts.py) ---
    path("", teams.teams, name="teams"),
    path("samen/nieuw/", joint.team_add, name="team-add"),
    path("team/<slug:code>/buiten/nieuw/", external.external_add, name="external-add"),
    path("buiten/<uuid:pk>/", external.external, name="external"),
    path("team/<slug:code>/", teams.team, name="team"),
    path("team/<slug:code>/instellingen/", teams.team_settings, name="team-settings"),
    path("team/<slug:code>/leden/nieuw/", teams.team_member_add, name="team-member-add"),
    path("team/<slug:code>/aanwezigheid/", presence.team_presence, name="team-presence"),
    path("team/<slug:code>/posten/nieuw/", posts.post_add, name="post-add"),
    path("posten/<int:pk>/", posts.post, name="post"),
    path("posten/<int:pk>/wijzigen/", posts.post_edit, name="post-edit"),
    path("houders/<int:pk>/", posts.post_holder, name="post-holder"),
    # --- the working calendar (views/calendar.py) ---
    path("kalender/", calendar.calendar, name="calendar"),
    path("kalender/sluitingsdagen/", calendar.closing_day_add, name="closing-days"),
    path("kalender/sluitingsdagen/<int:pk>/verwijdering/", calendar.closing_day_removal, name="closing-day-removal"),
    # --- read log (views/read_log.py) ---
    path("leeslogboek/", read_log.read_log, name="read-log"),
    path("leeslogboek/controle/", read_log.read_log_check, name="read-log-check"),
    path("leeslogboek/csv/", read_log.read_log_csv, name="read-log-csv"),
]
