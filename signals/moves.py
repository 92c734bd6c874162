"""What a person can do with a signal from its page: words, address and form of each move, in one place.

A move says how it looks and where it is sent. Whether it is allowed, the scoped fetch of its view decides;
whether it makes sense now, the model does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from signals.ending import Ending
from signals.forms.bulk import TagForm
from signals.forms.files import AttachmentForm
from signals.forms.notes import NoteForm
from signals.forms.shares import ShareForm
from signals.forms.steering import ClosureForm, LevelForm, NothingToFill, OfferForm, ReasonForm
from signals.levels import Level
from signals.models import Share, Signal, Task
from teams.access import Access
from teams.models import Organisation, Team

SEEN = "gezien"


@dataclass
class Move:
    name: str
    label: str  # on the button that begins it
    url: str
    form: forms.Form
    done: str  # what is said when it is done
    about: str  # what it is about, above the form when that stands on a page of its own
    key: str = ""
    heading: str = ""
    intro: str = ""
    submit: str = ""  # on the button that ends it; the label when empty
    icon: str = ""
    page: str = ""  # where the form stands without JavaScript
    signal_page: str = ""
    hears: dict[str, Any] | None = None  # what those who reported will read
    seen: int | None = None  # how much of the course its writer had seen
    heeds: bool = True  # whether what a colleague did since must be known first

    @property
    def asks(self) -> bool:
        return bool(self.form.fields)

    def fill_in(self, typed: QueryDict) -> None:
        """What was typed before somebody had to sign in again."""
        for name in self.form.fields:
            if name in typed:
                self.form.initial[name] = typed[name]
        seen = str(typed.get(SEEN, ""))
        self.seen = int(seen) if seen.isdecimal() else self.seen

    @property
    def back(self) -> str:
        """From a page of its own: to its signal, or for a task, whose signal may be hidden, to the inbox."""
        return self.signal_page or reverse("inbox")


def of_signal(signal: Signal, name: str, view: str, form: forms.Form, **words: Any) -> Move:
    page = reverse("signals:signal", args=[signal.reference])
    return Move(
        name=name, url=reverse(f"signals:{view}", args=[signal.reference]), form=form, about=signal.title,
        page=f"{page}?doe={name}", signal_page=page, **words,
    )  # fmt: skip


def closure(signal: Signal, data: Any = None, *, ending: Ending | None = None) -> Move:
    ending = ending or Ending(signal)
    form = ClosureForm(data, texts=ending.texts(signal.owner_id), level=signal.level, auto_id="closure_%s")
    return of_signal(
        signal, "closure", "signal-closure", form, key="d",
        label=_("Finish"), heading=_("Finish this signal"), done=_("Finished."),
        intro=_("Tasks that still run are withdrawn."), hears=ending.hears,
    )  # fmt: skip


def cancellation(signal: Signal, data: Any = None) -> Move:
    return of_signal(
        signal, "cancellation", "signal-cancellation", ReasonForm(data, level=signal.level, auto_id="cancellation_%s"),
        label=_("Cancel signal…"), submit=_("Cancel signal"), heading=_("Cancel this signal"), done=_("Cancelled."),
        intro=_("For a mistake, or when nothing was there. Whoever reported it reads the reason."),
    )  # fmt: skip


def reopening(signal: Signal, data: Any = None) -> Move:
    return of_signal(
        signal, "reopening", "signal-reopening", ReasonForm(data, level=signal.level, auto_id="reopening_%s"), key="h",
        label=_("Reopen"), heading=_("Reopen this signal"), done=_("Reopened; it is to be divided again."),
    )  # fmt: skip


def undo(signal: Signal) -> Move:
    return of_signal(
        signal, "undo", "signal-undo", NothingToFill({}), key="z", label=_("Undo"),
        done=_("Undone: the signal is open again, no mail left."),
    )  # fmt: skip


def lifting(signal: Signal) -> Move:
    return of_signal(
        signal, "lifting", "signal-lifting", NothingToFill({}), label=_("Lift to the inbox"),
        done=_("Lifted to the area inbox."),
    )  # fmt: skip


def secrecy(signal: Signal, data: Any = None) -> Move:
    return of_signal(
        signal, "secrecy", "signal-level", LevelForm(data, signal=signal, auto_id="secrecy_%s"),
        label=_("Make more secret…"), submit=_("Make more secret"), heading=_("Make this signal more secret"),
        done=_("Made more secret."), intro=_("With everything that hangs on it. It cannot be lowered again."),
    )  # fmt: skip


def tagging(signal: Signal, viewer: Access, data: Any = None) -> Move:
    return of_signal(
        signal, "tagging", "signal-tags", TagForm(data, viewer=viewer, auto_id="tagging_%s"), heeds=False, key="l",
        label=_("Tag…"), submit=_("Tag"), heading=_("Tag this signal"), done=_("Tagged."),
        intro=_("Only who reads a signal sees its tags."),
    )  # fmt: skip


def offer(signal: Signal, teams: Iterable[Team], data: Any = None) -> Move:
    initial = {"title": signal.category.work_title}
    form = OfferForm(data, teams=teams, area_ids=signal.area_ids, initial=initial, auto_id="offer_%s")
    return of_signal(
        signal, "offer", "signal-tasks", form, key="r",
        label=_("Offer task"), heading=_("Offer a task"), done=_("Task offered."),
        intro=_("Within your own organisation it counts as accepted; another one accepts or returns it."),
    )  # fmt: skip


def note(signal: Signal, writer: Organisation | None, keeper: Team | None, data: Any = None) -> Move:
    form = NoteForm(data, signal=signal, organisation=writer, keeper=keeper, auto_id="note_%s")
    return of_signal(
        signal, "note", "signal-notes", form, key="n", label=_("Add note"), submit=_("Keep note"), heeds=False,
        heading=_("Write a note"), done=_("Note kept."),
    )  # fmt: skip


def attachment(
    signal: Signal, writer: Organisation | None, keeper: Team | None, data: Any = None, files: Any = None
) -> Move:
    form = AttachmentForm(
        data, files, signal=signal, organisation=writer, keeper=keeper, auto_id="attachment_%s"
    )  # fmt: skip
    return of_signal(
        signal, "attachment", "signal-attachments", form, key="f", label=_("Add photo or document"), submit=_("Add"),
        heading=_("Add a photo or document"), done=_("Added."), icon="photo", heeds=False,
    )  # fmt: skip


def share(signal: Signal, teams: Iterable[Team], data: Any = None) -> Move:
    return of_signal(
        signal, "share", "signal-shares", ShareForm(data, teams=teams, auto_id="share_%s"), label=_("Share…"),
        key="s", submit=_("Share this sentence"), heading=_("Share one sentence"), done=_("Shared."),
        intro=_("Supporting information, no telling on people. Who reads it is on record."),
    )  # fmt: skip


def share_end(given: Share, about: Signal) -> Move:
    return Move(
        name=f"share-end-{given.pk}", label=_("Stop sharing"), url=reverse("signals:share-end", args=[given.pk]),
        form=NothingToFill({}), done=_("No longer shared."), about=about.title,
    )  # fmt: skip


def _on(task: Task, name: str, view: str, form: forms.Form, **words: Any) -> Move:
    page = reverse("signals:task", args=[task.pk])
    return Move(
        name=f"{name}-{task.pk}", url=reverse(f"signals:{view}", args=[task.pk]), form=form, about=task.title,
        page=f"{page}?doe={name}", **words,
    )  # fmt: skip


def acceptance(task: Task) -> Move:
    return _on(
        task, "acceptance", "task-acceptance", NothingToFill({}), label=_("Accept"), icon="check",
        done=_("Accepted: it is yours."),
    )  # fmt: skip


def beginning(task: Task) -> Move:
    return _on(task, "beginning", "task-beginning", NothingToFill({}), label=_("Begin"), done=_("Begun."))


def return_(task: Task, data: Any = None) -> Move:
    return _on(
        task, "return", "task-return", ReasonForm(data, level=task.level, auto_id=f"return-{task.pk}_%s"),
        label=_("Return…"),
        submit=_("Return task"), heading=_("Return this task"), done=_("Returned."),
        intro=_("It goes back to who divides, with your reason."),
    )  # fmt: skip


def completion(task: Task, data: Any = None, *, ending: Ending | None = None) -> Move:
    """`ending` for who may read the signal: to others neither texts filled in for it nor its mail are shown."""
    texts = ending.texts(task.team.organisation_id, task.team.name) if ending else None
    said = _("Say in a sentence what was done.")
    form = ClosureForm(data, texts=texts, level=task.level, missing=said, auto_id=f"completion-{task.pk}_%s")
    form.fields["outcome"].label = _("What was done?")
    return _on(
        task, "completion", "task-completion", form, label=_("Done…"), submit=_("Report done"),
        heading=_("Task done"), done=_("Reported done."),
        intro=_("Once the last task of routine work is done the signal closes: the reporter then reads this sentence.")
        if task.signal.routine and task.level == Level.OPEN else "",
        hears=ending.hears if ending and ending.closes_with(task) else None,
    )  # fmt: skip


def withdrawal(task: Task) -> Move:
    return _on(task, "withdrawal", "task-withdrawal", NothingToFill({}), label=_("Withdraw"), done=_("Task withdrawn."))
