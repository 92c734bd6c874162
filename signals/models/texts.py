"""Texts that are written once and used often: what a 1777 agent answers, and how a signal is said to have ended."""

import re
from typing import Self

import pghistory
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, TrigramWordSimilarity
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from signals.models.categories import Category, lineage
from signals.wording import VARIABLES, unknown_variables
from teams.access import Access
from teams.models import Function, Organisation, User

WORD = re.compile(r"\w{3,}")
# One word of the title ranks 0.6 at most divided by the words asked, one of the text a fifth of that.
FITS = 0.1
# A word that resembles a title this much is taken for a slip of the keyboard.
RESEMBLES = 0.55


class TextUse(models.TextChoices):
    ANSWER = "answer", _("answer at the report desk")
    OUTCOME = "outcome", _("outcome of a signal or task")


class StandardTextQuerySet(models.QuerySet["StandardText"]):
    def usable(self) -> Self:
        return self.filter(active=True)

    def writable(self, viewer: Access) -> Self:
        """Who answers for an organisation writes its texts: the report desk, coordinators, the administrator."""
        if viewer.organisation_id is None or not viewer.holds(*WRITERS):
            return self.none()
        return self.filter(organisation_id=viewer.organisation_id)

    def about(self, category: Category) -> Self:
        """Those of a category, of what it lies below, and those about everything."""
        parents: dict[int, int | None] = dict(Category.objects.values_list("pk", "parent_id"))
        line = lineage(category.pk, parents)
        return self.filter(models.Q(category_id__in=line) | models.Q(category__isnull=True))

    def found_by(self, words: str) -> Self:
        """Ranked: Dutch words in title and text, all of them, and titles that resemble what was typed."""
        query = SearchQuery(words, config="dutch", search_type="websearch")
        found = self._ranked(query).annotate(alike=TrigramWordSimilarity(words, "title"))
        found = found.filter(models.Q(vector=query) | models.Q(alike__gte=RESEMBLES))
        return found.order_by(Greatest("fits", "alike").desc(), "title")

    def fitting(self, talk: str) -> Self:
        """What fits to words as they are spoken: some of them in the title, or several in the text."""
        words = list(dict.fromkeys(WORD.findall(talk)))[:40]
        if not words:
            return self.none()
        query = SearchQuery(" | ".join(words), config="dutch", search_type="raw")
        return self._ranked(query).filter(fits__gte=FITS).order_by("-fits", "title")

    def _ranked(self, query: SearchQuery) -> Self:
        vector = SearchVector("title", weight="A", config="dutch") + SearchVector("text", weight="C", config="dutch")
        return self.annotate(vector=vector, fits=SearchRank(vector, query))


WRITERS = (Function.DESK_AGENT, Function.COORDINATOR, Function.ADMINISTRATOR)


@pghistory.track(model_name="StandardTextChange")
class StandardText(models.Model):
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="texts", verbose_name=_("organisation"), editable=False
    )
    use = models.CharField(_("used as"), max_length=10, choices=TextUse, default=TextUse.ANSWER)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="texts", verbose_name=_("subject"),
        help_text=_("With everything below it. Empty: for every subject."),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=120, help_text=_("The question as a citizen asks it."))
    text = models.TextField(_("text"), max_length=4000)
    source = models.URLField(_("more about it"), blank=True, help_text=_("The page on the website it comes from."))
    review_on = models.DateField(
        _("look at it again on"), null=True, blank=True, help_text=_("From that day on it says so.")
    )
    active = models.BooleanField(_("in use"), default=True)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    objects = StandardTextQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints = [
            models.CheckConstraint(condition=models.Q(use__in=TextUse.values), name="text_use_known"),
            models.CheckConstraint(condition=~models.Q(title="") & ~models.Q(text=""), name="text_says_something"),
            models.UniqueConstraint(
                fields=["organisation", "use", "title"], name="text_titled_once",
                violation_error_message=_("There is a text with this title already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.use == TextUse.ANSWER and "{" in self.text and unknown_variables(self.text) == []:
            said = _g("An answer is read aloud before there is a signal: it has no variables.")
            raise ValidationError({"text": said})
        if unknown := unknown_variables(self.text):
            words = {
                "what": ", ".join(f"{{{name}}}" for name in unknown),
                "known": ", ".join(f"{{{v}}}" for v in VARIABLES),
            }
            raise ValidationError({"text": _g("%(what)s is not known. Choose from %(known)s.") % words})

    @property
    def is_stale(self) -> bool:
        return self.review_on is not None and self.review_on <= timezone.localdate()
