"""Calling a colleague by name in a note: `@Bram Vandeputte`. Who may not read the note hears nothing of it."""

import re

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import post
from signals.models import Note, Signal
from signals.models.mentions import Mention
from teams.access import Access, access_of
from teams.models import User

AT = re.compile(r"@(?=\w)")
LONGEST_NAME = 80
MOST_SUGGESTED = 8


def mentioned_in(text: str) -> list[User]:
    """Active colleagues whose name follows an @, the longest name that fits; in the order of the text."""
    found: list[User] = []
    heads = [text[match.end() : match.end() + LONGEST_NAME].casefold() for match in AT.finditer(text)]
    if not heads:
        return []
    firsts = {head.split()[0] for head in heads if head.split()}
    people = [person for first in firsts for person in User.objects.filter(is_active=True, name__istartswith=first)]
    for head in heads:
        fitting = [person for person in people if _begins_with(head, person.name.casefold())]
        if fitting and (person := max(fitting, key=lambda one: len(one.name))) not in found:
            found.append(person)
    return found


def _begins_with(head: str, name: str) -> bool:
    return head.startswith(name) and not head[len(name) : len(name) + 1].isalnum()


def notify(note: Note) -> None:
    """Tell those who are named and may read the note; by mail who wished that, without a word of it."""
    for person in mentioned_in(note.text):
        if person.pk == note.by_id or not Note.objects.readable(access_of(person)).filter(pk=note.pk).exists():
            continue
        mention, is_new = Mention.objects.get_or_create(note=note, user=person)
        if is_new and person.mail_mentions:
            post(
                key=f"mention:{note.signal_id}:{mention.pk}",
                to=person.email,
                subject=_("A colleague mentions you"),
                body=_("Hello %(name)s\n\n%(who)s mentions you in a note.\n\n%(link)s")
                % {
                    "name": person.name,
                    "who": note.by.name,
                    "link": f"{settings.SITE_URL}{reverse('signals:signal', args=[note.signal.reference])}",
                },
            )


def seen(signal: Signal, *, by: User) -> None:
    """Opening the signal is reading what one was called for."""
    Mention.objects.unread().filter(user=by, note__signal=signal).update(read_at=timezone.now())


def suggestions(words: str, *, signal: Signal) -> list[User]:
    """Colleagues whose name has these words and who may read the signal; for who is writing @…"""
    some = User.objects.filter(is_active=True, name__icontains=words.strip()).select_related("organisation")
    readers = [person for person in some.order_by("name")[:40] if _reads(access_of(person), signal)]
    return readers[:MOST_SUGGESTED]


def _reads(access: Access, signal: Signal) -> bool:
    return Signal.objects.readable(access).filter(pk=signal.pk).exists()
