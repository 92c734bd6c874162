"""The first administrator of an organisation. No password passes here: the link lets them choose one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from teams.access import grant
from teams.account_mail import password_link
from teams.invitations import invite
from teams.models import Function, Membership, Organisation, Team, User


class Command(BaseCommand):
    help = "Makes an administrator of an organisation and prints the link to choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="code of the organisation, such as stad, ocmw or politie")
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--send", action="store_true", help="send the link by mail instead of printing it")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(code=options["organisation"]).first()
        if organisation is None:
            known = ", ".join(Organisation.objects.values_list("code", flat=True)) or "none yet"
            raise CommandError(f"No organisation has the code {options['organisation']!r}; known: {known}.")
        try:
            validate_email(options["email"])
        except ValidationError:
            raise CommandError(f"{options['email']!r} is no mail address.") from None
        with transaction.atomic():
            person = appoint(organisation, options["email"].strip().lower(), options["name"].strip())
            if options["send"]:
                invite(person=person, by=None)
        self.stdout.write(f"{person.name} <{person.email}> administers {organisation}.")
        self.stdout.write("A mail is on its way." if options["send"] else f"Choose a password: {password_link(person)}")


def appoint(organisation: Organisation, email: str, name: str) -> User:
    """Safe to repeat: somebody who is known already only gets the function."""
    person = User.objects.filter(email=email).first()
    if person is None:
        person = User.objects.create_user(email, name=name, organisation=organisation)
    if person.organisation_id != organisation.pk:
        raise CommandError(f"{email} works for another organisation.")
    if not person.is_active:
        raise CommandError(f"{email} was stopped. Another administrator can open the account again.")
    office, _created = Team.objects.get_or_create(
        code=f"beheer-{organisation.code}",
        defaults={"name": f"Beheer {organisation}", "kind": Team.Kind.OFFICE, "organisation": organisation},
    )
    for team in Team.objects.filter(organisation=organisation):
        grant(office, "manage", team)
    if not person.memberships.filter(team=office, function=Function.ADMINISTRATOR, ends=None).exists():
        Membership.objects.create(user=person, team=office, function=Function.ADMINISTRATOR)
    return person
