"""Every page, for who may open it: silent console, no CSP violation, nothing for axe, Dutch, and as narrow as asked.

Each page is loaded once: light on a desk, then dark on a phone, then as narrow as a phone can be and as a tablet.
"""

from collections.abc import Collection, Iterator

import pytest
from django.urls import resolve
from playwright.sync_api import Page

from teams.models import Function, Membership, User
from tests.browser.conftest import Enter
from tests.browser.visits import Console, dress, english, phone_violations, settled, too_wide, violations
from tests.test_urls import ENTRIES

# By the part of their address before the @. {name} is an address of `world`.
VISITS: dict[str, list[str]] = {
    "": [
        "/account/login/", "/account/signup/", "/account/inactive/", "/account/password/reset/",
        "/account/password/reset/done/", "/account/password/reset/key/done/", "/account/password/reset/key/x-y/",
        "/privacy/", "/toegankelijkheid/", "{outside}", "/melden/", "{reported}", "{proof}", "{status}",
        "{status-ended}", "{status-late}", "{offer}",
        "/wat-is-er-te-doen/", "/wat-is-er-te-doen/overleie/", "/wat-is-er-te-doen/kooigem/?soort=meal",
        "/plannen/", "{plan-public}",
        "/zaal-vragen/", "{room-link}", "/zaal-vragen/zaal/", "{contact-renewal}",
    ],
    "agent": [
        "/vandaag/", "/postvak/", "/signalen/nieuw/", "{saved}", "/account/password/change/", "/account/logout/",
        "/postvak/?tab=nieuw", "{arrived}", "{reading}", "/signalen/post/",
        "/vandaag/terugkoppeling/",
    ],
    "coordinator": [
        "/vandaag/", "/postvak/?tab=alles&q=overleiestraat", "{signal}", "{ended}",
        "{signal}?doe=offer", "{signal}?doe=note", "{signal}?doe=closure", "{signal}?doe=share", "{signal}?doe=secrecy",
        "{signal}?doe=waiting", "{signal}?doe=handover", "{signal}?doe=outside", "{waits}", "{referred}", "{reopened}",
        "{handover-outside}", "{signal}?doe=attachment", "{photo}", "{photo}vlakken/", "{document}",
        "{signal}?doe=cancellation", "{ended}?doe=reopening", "/signalen/regels/", "/signalen/regels/nieuw/",
        "{signal}geschiedenis/", "{signal}samenvoeging/", "{signal}splitsing/", "/signalen/dossiers/",
        "/signalen/dossiers/nieuw/", "{dossier}", "{dossier}geschiedenis/", "/signalen/teksten/",
        "/signalen/teksten/nieuw/", "{text}",
        "{rule}", "{joined}", "{signal}verbetering/",
        "{rule}proef/", "{rule}versies/", "/signalen/week/", "/signalen/tablets/", "{tablet}",
        "/signalen/import/", "{import}", "/teams/ik/", "/teams/", "/teams/team/coordinatie-noord-centrum/",
        "/teams/team/gebiedsteam-overleie-pius-x/",
        # Overfull, and empty.
        "/postvak/?tab=laat", "/postvak/?tab=alles&page=2", "{overfull}", "/postvak/?q=nietsisditwoord",
        "/postvak/?tab=wacht&kanaal=mail", "/postvak/?tab=alles&status=closed",
        "/signalen/export/?tab=alles", "/signalen/export/?q=nietsisditwoord",
        "/postvak/?tab=alles&weergave=kaart", "{bulk}", "{bulk-done}", "{tagged}", "/postvak/filters/", "{kept-filter}",
        "/postvak/filters/nieuw/?q=zetel",
        "/gebieden/beurtrol/", "{rota}", "{rota}instellingen/", "{rota-draft}", "{rota-change}", "{rota-broken}",
        "{rota-publication}", "/gebieden/beurtrol/nieuw/",
    ],
    "coordinator.ocmw": ["/postvak/?tab=alles"],
    "coordinator.rand": [
        "/zalen/verenigingen/", "/zalen/verenigingen/?zoek=nietsisditwoord", "/zalen/verenigingen/nieuw/",
        "/zalen/verenigingen/inlezen/", "{association}", "{association}wijzigen/", "{association}samenvoeging/",
        "{association}geschiedenis/", "{association}contactpersonen/nieuw/", "{association-contact}",
        "/zalen/activiteiten/", "/zalen/activiteiten/?week=2019-01-01", "/zalen/activiteiten/nieuw/",
        "/zalen/activiteiten/inlezen/", "{activity}", "{activity}wijzigen/", "{activity}geschiedenis/",
    ],
    "wijkinspecteur": ["/vandaag/", "/postvak/", "{given}", "{signal}", "{task}?doe=return",
        "/gebieden/briefing/", "/gebieden/briefing/?gebied=pius-x", "/gebieden/rondes/", "/gebieden/rondes/nieuw/",
    ],
    "wijkinspecteur.zuid": ["/postvak/?tab=team", "{share}", "{handover}"],
    "verpleegkundige": ["/gebieden/casusoverleg/", "/gebieden/casusoverleg/nieuw/", "{consultation}",
                        "{consultation}wijzigen/", "/vandaag/", "{sealed}", "{sealed}?doe=share",
                        "{sealed}?doe=referral",
        "/gebieden/zorgraster/", "{care}", "{care}nieuw/", "{care}vergelijking/", "{care-line}", "{care}?gaten=on",
        "/gebieden/zorgraster/aandacht/", "/gebieden/zorgraster/dienstpunten/", "{care-point}", "{care-point}wijzigen/",
        "{care-point}verhuizing/", "/gebieden/zorgraster/dienstpunten/nieuw/", "/gebieden/zorgraster/zorg-8/2008/",
    ],
    "uitvoerder": ["/vandaag/", "/postvak/?tab=team"],
    "gemeenschapswacht": [
        "/veld/", "/vandaag/terugkoppeling/", "/vandaag/", "/vandaag/?taken=alle",
        "/gebieden/beurtrol/", "{rota}", "{rota-week}", "/gebieden/beurtrol/kalender/",
        "/gebieden/rondes/", "/gebieden/rondes/nieuw/", "{round}",
    ],
    "projectmedewerker": [
        "/vandaag/", "/gebieden/rapporten/", "/gebieden/", "/gebieden/?set=wijken14", "/gebieden/overleie/",
        "/gebieden/wie-bel-ik/", "/gebieden/wie-bel-ik/?q=overleiestraat",
    ],
    "gebiedswerker": [
        "/teams/ik/afwezigheden/", "{absence}", "/teams/ik/bereik/", "/gebieden/wie-is-wie/overleie/",
        "/gebieden/wie-is-wie/kooigem/", "/teams/samen/nieuw/", "/teams/team/stuurgroep-lange-munte/", "{external}",
        "/teams/team/gebiedsteam-overleie-pius-x/aanwezigheid/",
        "/teams/team/stuurgroep-lange-munte/buiten/nieuw/",
        "/gebieden/overleg/", "/gebieden/overleg/?voorbij=1", "/gebieden/overleg/nieuw/",
        "/gebieden/overleg/besluiten/",
        "/gebieden/overleg/besluiten/?q=nietsisditwoord", "{meeting}", "{meeting}wijzigen/", "{meeting-now}",
        "{meeting-held}", "{meeting-held}verslag/", "{agenda}", "{point}", "{point-now}", "{point-ended}",
        "{point-ended}verbetering/",
        "/gebieden/berichten/", "/gebieden/berichten/?soort=campaign&archief=on", "/gebieden/berichten/nieuw/",
        "/gebieden/berichten/mail/", "{bulletin}", "{bulletin}wijzigen/", "{bulletin}fotos/", "{public-bulletin}",
        "/nieuws/", "/nieuws/overleie/", "{news}", "/dienstpunten/", "/dienstpunten/overleie/",
        "/gebieden/profielcijfers/", "/gebieden/overleie/?kaart=wijken14",
        "/gebieden/acties/", "/gebieden/acties/?vorm=bord", "/gebieden/acties/?zoek=nietsisditwoord",
        "/gebieden/acties/?dimensie=proactive", "/gebieden/acties/nieuw/", "{action}", "{action}bewerken/",
        "{action}geschiedenis/", "{policy}",
        "/vandaag/", "{words}", "/zalen/", "/zalen/reserveren/?personen=1", "{booking}", "{booking}verplaatsing/",
        "{booking}materiaal/", "/zalen/reserveren/?wens=20+mensen+elke+dinsdagavond+bij+Overleie+met+springkasteel",
        "/zalen/abonnementen/", "/zalen/uit-een-agenda/", "{booking}wijziging/", "{booking}geschiedenis/",
        "{series}", "{series}wijziging/", "{series}einde/",
        "/gebieden/plannen/", "/gebieden/plannen/?soort=participation", "/gebieden/plannen/nieuw/", "{plan}",
        "{plan}wijzigen/", "{plan}doelen/nieuw/", "{plan}publicatie/", "{plan}intrekking/", "{plan-draft}publicatie/",
        "{plan-related}", "{plan-next}", "{goal}", "{goal}wijzigen/", "{goal-action}",
        "/gebieden/aandacht/", "/gebieden/aandacht/?toon=voorbij", "/gebieden/aandacht/nieuw/", "{flag}",
        "{flag-due}wijzigen/", "{flag-due}herbekijken/", "{flag-due}einde/",
    ],
    "gebouwbeheerder": [
        "/zalen/", "/zalen/aanvragen/", "{building}", "{building}wijzigen/", "/zalen/gebouwen/",
        "/zalen/gebouwen/?kind=youth_centre&area=marke",
        "{house}", "{house}geschiedenis/", "{house}fotos/", "{house-photo}", "{house}openingsuren/",
        "{house}openingsuren/nieuw/", "{house-hours}", "{house-hours}weg/", "{house}sluitingen/",
        "{house}sluitingen/nieuw/", "{house-closure}", "{house-rights}", "{house}ruimten/", "{house}zalen/nieuw/",
        "{house-room}", "{house-room}wijzigen/", "{house-room}fotos/",
        "/zalen/kalender/?gebouw=oc-marke", "/zalen/kalender/?dag=2026-10-25&nacht=on", "/zalen/kalender/week/",
        "{house-week}", "/zalen/kalender/maand/", "{house-month}", "/zalen/kalender/agenda/", "{house-duty}",
        "{house-door}", "/zalen/kalender/?houder=geen&mijn=on",
        "/zalen/gebruik/", "/zalen/gebruik/?gebouw=oc-marke", "/zalen/gebruik/?van=2019-01-01&tot=2019-01-31",
        "/zalen/gebruik/sluiten/", "{answer}",
        "/zalen/prijzen/", "/zalen/prijzen/groepen/", "/zalen/prijzen/groepen/?zoek=nietsisditwoord", "{tariff}",
        "{tariff}wijzigen/", "{tariff}prijzen/", "{tariff}geschiedenis/", "/zalen/prijzen/tarieven/nieuw/", "{priced}",
        "{priced-room}", "{book-priced}", "{month}", "{month-of}", "/zalen/prijzen/lijst/?maand=2019-01",
        "/zalen/materiaal/", "/zalen/materiaal/nieuw/",
        "/zalen/materiaal/balie/", "{thing}", "{thing}wijzigen/", "{thing}geschiedenis/", "{thing}lenen/", "{loan}",
        "/zalen/seizoenen/", "/zalen/seizoenen/nieuw/", "{season}", "{season}wijzigen/", "{season}vraag/",
        "{season}verdeling/", "{season-request}", "/zalen/seizoenen/gebouwen/oc-bissegem/",
        "/zalen/seizoenen/gebouwen/oc-bissegem/nieuw/", "{hours-kept}", "/zalen/seizoenen/gebouwen/leeg-huis/",
        "{house-empty}", "{house-empty}openingsuren/", "{house-empty}sluitingen/", "{house-empty}ruimten/",
    ],
    "beheerder": [
        "/teams/kalender/", "/teams/mensen/", "/teams/mensen/nieuw/", "{person}", "{person-edit}",
        "{membership-add}", "{membership}",
        "/teams/team/coordinatie-noord-centrum/instellingen/", "/teams/team/coordinatie-noord-centrum/leden/nieuw/",
        "/teams/team/coordinatie-noord-centrum/posten/nieuw/", "{post}", "{post-edit}", "{post-holder}",
        "/signalen/koppelingen/", "/signalen/koppelingen/sleutels/nieuw/", "/signalen/koppelingen/webhooks/nieuw/",
        "{webhook}",
    ],
    "beheerder.ocmw": ["/signalen/koppelingen/", "/signalen/koppelingen/sleutels/nieuw/"],
    "dpo": ["/signalen/exports/"],
    "dpo.ocmw": ["/teams/leeslogboek/", "/signalen/exports/"],
}  # fmt: skip

NOT_PAGES = {
    # Of oneself: sent only, and a picture.
    "teams:absence-withdrawal", "teams:face", "teams:face-removal", "teams:face-of", "teams:presence-add",
    "teams:presence-ending",
    # Of the inventory: sent only, a list as a file, and the page of a signal once more, for a dossier.
    "inventory:action-status", "inventory:action-figures", "inventory:action-figure-removal",
    "inventory:actions-sheet", "signals:dossier-policy",
    # Of news: sent only, a picture, and what a feed reader reads.
    "bulletins:bulletin-archive", "bulletins:bulletin-return", "bulletins:bulletin-removal", "bulletins:comment-add",
    "bulletins:comment-removal", "bulletins:photo", "bulletins:photo-removal", "news-photo", "news-feed",
    # Of the rota: sent only, and a file.
    "rota:draft", "rota:version-periods", "rota:filling", "rota:version-removal", "rota:pattern-add",
    "rota:pattern-removal", "rota:calendar-revocation", "rota:calendar-file",
    # Of a meeting: sent only, and a paper.
    "meetings:meeting-points", "meetings:meeting-cancellation", "meetings:minutes-pdf", "meetings:point-place",
    "meetings:point-meeting", "meetings:room-move", "meetings:room-release",
    # Of rounds: sent only.
    "rounds:round-withdrawal",
    # Of the care grid: sent only, and a paper.
    "care:paper", "care:service-point-stay", "care:entry-removal", "care:fixing", "care:taking-over",
    "care:attention-counts", "care:attention-appointments", "care:attention-done", "care:attention-removal",
    # Of a season, sent only.
    "reservations:season-settlement", "reservations:season-request-withdrawal", "reservations:season-request-decision",
    "reservations:allocation-withdrawal", "reservations:allocation-return", "reservations:allocation-series",
    # Answers to a form, a key or a script; what they show stands in a page above.
    "signals:signal-closure", "signals:signal-undo", "signals:signal-cancellation", "signals:signal-reopening",
    "signals:signal-lifting", "signals:signal-level", "signals:signal-tasks", "signals:signal-notes",
    "signals:mail-registration", "signals:mail-settlement", "signals:mail-source",
    "signals:signal-waiting", "signals:signal-resumption", "signals:signal-handovers", "signals:signal-referrals",
    "signals:signal-outside", "signals:handover-acknowledgement", "signals:handover-confirmation",
    "signals:handover-refusal", "signals:handover-withdrawal", "signals:handover-retraction",
    "signals:signal-shares", "signals:task-acceptance", "signals:task-return", "signals:task-completion",
    "signals:task-withdrawal", "signals:share-end", "signals:rule-position", "signals:rule-activity",
    "signals:rule-restoration", "teams:closing-days", "teams:closing-day-removal",
    "signals:import-columns", "signals:import-execution", "teams:person-deactivation", "teams:person-activation",
    "teams:person-invitation", "teams:read-log-check", "signals:partner-key-revocation", "signals:webhook-activity",
    "signals:webhook-secret", "signals:delivery-retry",
    "signals:task-beginning", "signals:signal-colleagues", "signals:joining-undo", "signals:dossier-entries",
    "signals:dossier-removal", "signals:dossier-notes", "signals:dossier-closure", "signals:dossier-reopening",
    "signals:intake-draft", "signals:intake-draft-removal", "signals:intake-answers", "teams:me-mail",
    "status-reopening", "status-satisfaction", "signals:text-activity", "signals:text-version",
    "signals:signal-attachments", "signals:attachment-description", "signals:attachment-removal",
    "signals:tablet-order", "signals:tablet-revocation", "signals:tablet-recovery",
    "reservations:photo", "reservations:photo-thumbnail", "reservations:photo-first", "reservations:photo-removal",
    "reservations:room-withdrawal", "reservations:room-return", "reservations:closure-lifting",
    "reservations:booking-confirmation", "reservations:booking-treatment", "reservations:booking-return",
    "reservations:booking-refusal", "reservations:booking-cancellation", "reservations:booking-again",
    "reservations:booking-count", "reservations:consolidation-progress", "reservations:consolidation-sheet",
    "reservations:price-said", "reservations:month-sheet", "reservations:month-closing",
    "reservations:holder-month-sheet", "reservations:holder-month-paper", "reservations:booking-discount",
    "reservations:price-list-edit",  # the same form as for new ones
    "reservations:use-sheet", "reservations:feed-revocation", "reservations:feed",
    "reservations:loan-confirmation", "reservations:loan-pickup", "reservations:loan-return",
    "reservations:loan-cancellation",
    "reservations:contact-erasure", "reservations:activity-removal", "reservations:activity-date",
    "room-cancellation", "room-leave",
    "reservations:series-cancellation", "reservations:series-confirmation", "reservations:series-refusal",
    "reservations:space-split", "reservations:space-join",
    "briefing:reading", "briefing:note",
    # What the tablet talks to; its screens are all in its one page (tests/field).
    "field-worker", "field-manifest", "field-map", "field-standing", "field-shift", "field-shift-end", "field-reading",
    "field-read", "field-record", "field-photo",
    # Pieces of a page.
    "inbox-news", "inbox-points", "inbox-counts", "inbox-choice", "inbox-selection", "bulk-execution", "bulk-progress",
    "bulk-undo", "saved-filter", "saved-filter-end", "signals:signal-tags", "signals:signal-tag-end",
    "signals:attachment-item", "inbox-rows", "signals:intake-surroundings",
    "signals:import-progress", "areas:area-section",
    "areas:contact-answer", "areas:place-choices", "signals:intake-suggestions",
    "plans:goal-place", "plans:goal-adoption", "plans:goal-removal",
    # Files, data, and a redirect.
    "plans:plan-draft", "plans:plan-version", "plan-public-document",
    "home", "health", "favicon", "robots", "reservations:associations-sheet", "reservations:activities-uit",
    "reservations:activity-uit", "doing-calendar", "signals:attachment", "signals:attachment-thumbnail",
    "signals:import-refused", "teams:read-log-csv", "reports:document",
    "areas:places", "areas:borders", "areas:tile", "open311:discovery", "open311:services", "open311:service",
    "open311:requests", "open311:request", "open311:token", "open311:nowhere",
}  # fmt: skip


def visit(page: Page, path: str, *, light_only: bool, opens_only: bool) -> Iterator[str]:
    """What is wrong with a page."""
    dress(page, 1440, 900, "light")
    answer = page.goto(path)
    settled(page)
    assert answer is not None
    if answer.status != 200:
        yield f"answers {answer.status}"
        return
    yield from english(page)
    if not opens_only:
        yield from violations(page)
    if not (light_only or opens_only):
        dress(page, 390, 844, "dark")
        yield from phone_violations(page)
        yield from too_wide(page, 390, 320, 1024)


def problems(page: Page, paths: list[str], *, light_only: bool = False, skip: Collection[str] = ()) -> str:
    """One a line, to read in a failure; empty when all is well."""
    console = Console(page)
    found = []
    for path in paths:
        found += [f"{path} {problem}" for problem in visit(page, path, light_only=light_only, opens_only=path in skip)]
        found += [f"{path} console: {line}" for line in console.take()]
    return "\n".join(found)


@pytest.mark.parametrize("who", VISITS)
def test_pages_are_as_they_must_be(who: str, enter: Enter, addresses: dict[str, str]) -> None:
    assert problems(enter(who), [path.format(**addresses) for path in VISITS[who]]) == ""


class TestEveryFunction:
    """Whoever somebody is: where the menu leads opens, and is in order."""

    @pytest.mark.parametrize("function", Function.values)
    def test_walks_its_menu(self, function: str, enter: Enter, addresses: dict[str, str]) -> None:
        member = Membership.objects.filter(function=function).select_related("user").order_by("pk").first()
        assert member is not None
        who = member.user.email.partition("@")[0]
        page = enter(who)
        page.goto("/")
        start = page.evaluate("location.pathname")
        menu = page.eval_on_selector_all(".rail nav a", "links => links.map(link => link.getAttribute('href'))")
        seen = {"/gebieden/", "/zalen/", *VISITS.get(who, [])}  # looked at closely above
        assert problems(page, [*dict.fromkeys([start, *menu])], light_only=True, skip=seen) == ""


class TestReferenceData:
    def test_is_as_it_must_be(self, enter: Enter, addresses: dict[str, str], people: dict[str, User]) -> None:
        page = enter("beheerder")
        page.goto("/beheer/")
        lists = page.eval_on_selector_all("#content-main th a", "links => links.map(link => link.getAttribute('href'))")
        paths = ["/beheer/"]
        for path in lists:
            page.goto(path)
            row = page.query_selector("#result_list th a")
            paths += [path, *([str(row.get_attribute("href"))] if row else [])]
            if page.query_selector(".object-tools .addlink"):
                paths.append(f"{path}add/")
        assert len(lists) >= 6
        assert problems(page, paths, light_only=True) == ""


def test_every_page_is_visited(enter: Enter, addresses: dict[str, str]) -> None:
    """A page that is added to the URLconf fails here until somebody visits it above."""
    paths = [path.format(**addresses).partition("?")[0] for some in VISITS.values() for path in some]
    pages = {name for name, _entry in ENTRIES if not name.startswith("admin:")}  # whose lists are walked above
    assert pages - {resolve(path).view_name for path in paths} - NOT_PAGES == set()
