"""Calling a colleague by name in a note: `@Bram Vandeputte`. Who may not read the note hears nothing of it."""

import re
import uuid
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kortrijk_gebied.jobs.models import post
from signals.models import Note, Signal
from signals.models.mentions import Mention
from signals.visibility import may_read
from teams.access import Access, accesses_of
from teams.models import User

AT = re.compile(r"@(?=\w)")
LONGEST_NAME = 80
MOST_SUGGESTED = 8
MOST_LOOKED_AT = 200
MOST_NAMED = 20  # different first words after an @ in one note; who writes more is not calling colleagues


def mentioned_in(text: str) -> list[User]:
    """Active colleagues whose name follows an @, the longest name that fits; in the order of the text.

    Of colleagues of one name, all: who of them is meant, the note does not say.
    """
    found: list[User] = []
    heads = [text[match.end() : match.end() + LONGEST_NAME].casefold() for match in AT.finditer(text)]
    firsts = list(dict.fromkeys(head.split()[0] for head in heads))[:MOST_NAMED]
    if not firsts:
        return []
    called = models.Q(*[("name__istartswith", first) for first in firsts], _connector=models.Q.OR)
    people = list(User.objects.filter(called, is_active=True).order_by("pk"))
    for head in heads:
        fitting = [person for person in people if _begins_with(head, person.name.casefold())]
        longest = max((len(person.name) for person in fitting), default=0)
        found += [person for person in fitting if len(person.name) == longest and person not in found]
    return found


def _begins_with(head: str, name: str) -> bool:
    return head.startswith(name) and not head[len(name) : len(name) + 1].isalnum()


def notify(note: Note) -> None:
    """Tell those who are named and may read the note; by mail who wished that, without a word of it."""
    people = mentioned_in(note.text)
    accesses = accesses_of(people) if people else {}
    for person in people:
        if person.pk == note.by_id or not Note.objects.readable(accesses[person.pk]).filter(pk=note.pk).exists():
            continue
        mention, is_new = Mention.objects.get_or_create(note=note, user=person)
        if is_new and person.mail_mentions:
            post(
                key=f"mention:{note.signal_id}:{mention.pk}",
                to=person.email,
                reader_id=person.pk,
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
    named = User.objects.filter(is_active=True, name__icontains=words.strip()).select_related("organisation")
    people = list(named.order_by("name")[:MOST_LOOKED_AT])
    readers = readers_of(signal, people)
    return [person for person in people if person.pk in readers][:MOST_SUGGESTED]


def readers_of(signal: Signal, people: Collection[User]) -> set[uuid.UUID]:
    """Who of these people may read a signal, in as many queries for one as for many.

    Who works in the same teams may read the same, so each such group of people is asked about once.
    """
    alike: dict[Any, list[Access]] = defaultdict(list)
    for access in accesses_of(people).values():
        alike[access.organisation_id, access.team_ids].append(access)
    groups = list(alike.values())
    asked = {
        f"group{number}": models.Case(models.When(may_read(group[0]), then=True), default=False)
        for number, group in enumerate(groups)
    }
    if not asked:
        return set()
    answers = Signal.objects.filter(pk=signal.pk).annotate(**asked).values_list(*asked)
    return {
        access.user_id
        for answer in answers
        for may, group in zip(answer, groups, strict=True)
        for access in group
        if may and access.user_id
    }
