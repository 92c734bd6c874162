"""What is learned of how people word a subject, and above all what is not."""

import datetime as dt
import io
from collections.abc import Callable

import numpy as np
import pytest
from django.core.management import call_command
from django.utils import timezone

from kortrijk_gebied.jobs.models import Job
from kortrijk_gebied.jobs.registry import perform
from signals.levels import Level
from signals.models import Category, Report, Signal, SubjectLesson
from signals.suggesting.examples import Example, examples, open_reports, phrases
from signals.suggesting.learned import Damaged, Learned, softmax
from signals.suggesting.lesson import boldness, is_held_out, learn, tempered, tried, vocabulary
from signals.suggesting.suggestions import suggestions
from signals.suggesting.training import became_secret_since, train, train_when_due
from signals.suggesting.words import features
from tests.cast import KOOIGEM, Cast

type Make = Callable[..., Signal]

# A word nobody else uses, said often enough to be learned if it may be.
MARKER = "zwierkelbak"
TIMES = 6


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A handful of subjects is enough to see what is learned from what."""
    few = {"sluikstort", "straatverlichting", "bezorgd-om-iemand"}
    monkeypatch.setattr(
        "signals.suggesting.examples.phrases", lambda: [phrase for phrase in phrases() if phrase.subject in few]
    )


def knows(word: str) -> bool:
    lesson = SubjectLesson.objects.get()
    return any(word in feature for feature in lesson.learned().vocabulary)


def said(report: Make, subject: str, words: str, times: int = TIMES) -> list[Signal]:
    """The same words about as many different signals."""
    return [report(subject, description=words, at=KOOIGEM) for _time in range(times)]


@pytest.mark.usefixtures("quick", "cast")
class TestLearning:
    def test_takes_up_how_people_word_it(self, report: Make) -> None:
        said(report, "Straatverlichting", f"De {MARKER} doet het niet.")
        train()
        assert knows(MARKER)
        assert suggestions(f"onze {MARKER} is weer kapot")[0].category.name == "Straatverlichting"

    def test_follows_who_puts_the_subject_right(self, report: Make) -> None:
        signals = said(report, "Straatverlichting", f"De {MARKER} doet het niet.")
        dumped = Category.objects.get(name="Sluikstort")
        Signal.objects.filter(pk__in=[signal.pk for signal in signals]).update(category=dumped)
        train()
        assert suggestions(f"{MARKER} {MARKER}")[0].category == dumped

    def test_forgets_words_that_only_a_few_signals_hold(self, report: Make) -> None:
        said(report, "Straatverlichting", f"Bij {MARKER} brandt de lamp niet.", times=4)
        train()
        assert not knows(MARKER)

    def test_counts_one_caller_about_one_signal_once(self, cast: Cast, report: Make) -> None:
        signal = report("Straatverlichting", description=f"Bij {MARKER} brandt de lamp niet.")
        for _time in range(TIMES):
            Report.objects.create(
                signal=signal, category=signal.category, channel="phone",
                description=f"Bij {MARKER} brandt de lamp niet.",
            )  # fmt: skip
        train()
        assert not knows(MARKER)

    def test_never_remembers_a_number(self, report: Make) -> None:
        said(report, "Straatverlichting", "Bel mij op 0470123456 of 85.07.30-033.28 over de lamp.")
        train()
        assert not any(letter.isdigit() for feature in _vocabulary() for letter in feature)

    def test_gives_the_same_every_time(self, report: Make) -> None:
        said(report, "Straatverlichting", f"De {MARKER} doet het niet.")
        train()
        first = SubjectLesson.objects.get().sha256
        train()
        assert SubjectLesson.objects.get().sha256 == first

    def test_keeps_only_the_newest(self) -> None:
        train()
        train()
        assert SubjectLesson.objects.count() == 1

    def test_says_how_well_it_did_on_texts_it_had_not_seen(self) -> None:
        lesson = train()
        assert lesson is not None
        assert lesson.held_out == sum(is_held_out(example.text) for example in examples())
        assert 0 <= lesson.first_right <= lesson.three_right <= lesson.held_out
        assert lesson.top1 <= lesson.top3 <= 1


@pytest.mark.usefixtures("quick", "cast")
class TestSecretWords:
    """The marker stands in enough reports to be learned, were they open: `TestLearning` shows that it then is."""

    @pytest.mark.parametrize("subject", ["Bezorgd om iemand", "Burenruzie"])
    def test_of_sealed_and_limited_matter_change_nothing_at_all(self, report: Make, subject: str) -> None:
        train()
        before = SubjectLesson.objects.get().sha256
        said(report, subject, f"De {MARKER} doet niet open.")
        train()
        assert SubjectLesson.objects.get().sha256 == before
        assert not knows(MARKER)

    def test_of_a_signal_that_was_raised_are_forgotten(self, cast: Cast, report: Make) -> None:
        signals = said(report, "Sluikstort", f"De {MARKER} ligt er weer.")
        train()
        assert knows(MARKER)
        for signal in signals[:2]:
            signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        train()
        assert not knows(MARKER)

    def test_of_what_was_secret_before_are_not_learned_either(self, cast: Cast, report: Make) -> None:
        signals = said(report, "Sluikstort", f"De {MARKER} ligt er weer.")
        keys = [signal.pk for signal in signals]
        Signal.objects.filter(pk__in=keys).update(level=Level.LIMITED)
        # No page lowers a level; if somebody did it in the database, the words stay out all the same.
        Signal.objects.filter(pk__in=keys).update(level=Level.OPEN)
        assert not open_reports().filter(signal__in=keys).exists()

    def test_under_a_subject_that_became_secret_are_forgotten(self, report: Make) -> None:
        said(report, "Sluikstort", f"De {MARKER} ligt er weer.")
        Category.objects.filter(name="Sluikstort").update(level=Level.LIMITED, routine=False, public=False)
        train()
        assert not knows(MARKER)

    def test_never_weigh_in_a_suggestion(self, report: Make) -> None:
        train()
        before = suggestions(f"{MARKER} {MARKER}")
        said(report, "Bezorgd om iemand", f"{MARKER} {MARKER} {MARKER}")
        train()
        assert suggestions(f"{MARKER} {MARKER}") == before

    def test_a_worry_is_recognised_by_phrases_that_are_nobodys(self) -> None:
        train()
        first = suggestions("Ik maak me zorgen over mijn buurvrouw, ze doet niet meer open.")[0]
        assert first.category.name == "Bezorgd om iemand"


@pytest.mark.usefixtures("quick", "cast")
class TestWhenItIsDue:
    def test_is_the_first_night_and_the_job_says_what_came_of_it(self) -> None:
        train_when_due()
        job = Job.objects.claim(Job.objects.get(kind="train-suggestions").pk)
        assert job is not None
        perform(job)
        job.refresh_from_db()
        assert (job.state, job.result["texts"]) == ("done", SubjectLesson.objects.get().texts)

    def test_is_not_every_night(self) -> None:
        train()
        train_when_due()
        assert not Job.objects.filter(kind="train-suggestions").exists()

    def test_is_after_a_week(self) -> None:
        train()
        SubjectLesson.objects.update(learned_at=timezone.now() - dt.timedelta(days=7))
        train_when_due()
        assert Job.objects.filter(kind="train-suggestions").exists()

    def test_is_the_night_after_something_became_secret(self, cast: Cast, report: Make) -> None:
        signal = report("Sluikstort")
        train()
        lesson = SubjectLesson.objects.get()
        assert not became_secret_since(lesson.learned_at)
        signal.raise_level(by=cast["coordinator"], level=Level.LIMITED)
        train_when_due()
        assert Job.objects.filter(kind="train-suggestions").exists()

    def test_is_once_a_night(self) -> None:
        for _time in range(2):
            train_when_due()
        assert Job.objects.filter(kind="train-suggestions").count() == 1

    def test_keeps_a_worker_that_learns_alive(self) -> None:
        heard: list[int] = []
        train(alive=lambda: heard.append(1))
        assert heard

    def test_can_be_now(self) -> None:
        out = io.StringIO()
        call_command("train_suggestions", stdout=out)
        assert "of the held-out third the first suggestion is right for" in out.getvalue()


EXAMPLES = [
    Example("De lamp brandt niet", "licht", is_phrase=True),
    Example("Straatlamp stuk", "licht", is_phrase=True),
    Example("Zakken gestort op de hoek", "stort", is_phrase=True),
    Example("Vuilniszakken gedumpt", "stort", is_phrase=True),
    Example("De haag groeit over het pad", "groen", is_phrase=True),
]


def _vocabulary() -> list[str]:
    return list(SubjectLesson.objects.get().learned().vocabulary)


class TestTheLesson:
    def test_recognises_parts_of_words(self) -> None:
        learned = learn(EXAMPLES)
        assert learned is not None
        assert learned.guesses("lampen kapot")[0][0] == "licht"
        assert learned.guesses("vuilniszak")[0][0] == "stort"

    def test_gives_chances_that_are_together_one(self) -> None:
        learned = learn(EXAMPLES)
        assert learned is not None
        assert sum(chance for _subject, chance in learned.guesses("de lamp")) == pytest.approx(1)

    def test_gives_nothing_for_words_it_never_saw(self) -> None:
        learned = learn(EXAMPLES)
        assert learned is not None
        assert learned.guesses("0470 12 34 56") == []

    def test_does_in_few_lines_what_the_library_does(self) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        learned = learn(EXAMPLES)
        assert learned is not None
        text = "de lamp op de hoek brandt niet, brandt niet"
        theirs = TfidfVectorizer(analyzer=features, vocabulary=learned.vocabulary, sublinear_tf=True)
        rows = theirs.fit([example.text for example in EXAMPLES]).transform([text])
        expected = softmax(np.asarray(rows @ learned.weights.T)[0] + learned.intercepts)
        ours = dict(learned.guesses(text))
        assert [ours[subject] for subject in learned.subjects] == pytest.approx(list(expected), abs=1e-5)

    def test_needs_two_subjects(self) -> None:
        assert learn(EXAMPLES[:2]) is None
        assert learn([]) is None

    def test_works_with_two(self) -> None:
        learned = learn(EXAMPLES[:4])
        assert learned is not None
        assert learned.guesses("zakken op de hoek")[0][0] == "stort"

    def test_counts_words_by_signals_and_takes_our_own_as_they_are(self) -> None:
        seen = [Example("janssens roept", "a", times=4), Example("lawaai", "a", times=5), *EXAMPLES]
        words = vocabulary(seen)
        assert "lawaai" in words
        assert "lamp" in words
        assert "janssens" not in words

    def test_is_tried_by_place_in_the_order(self) -> None:
        learned = learn(EXAMPLES)
        assert learned is not None
        assert tried(learned, [Example("lamp", "licht"), Example("lamp", "groen"), Example("lamp", "onbekend")]) == (
            3,
            1,
            2,
        )

    def test_becomes_as_bold_as_it_is_right(self) -> None:
        learned = learn(EXAMPLES)
        assert learned is not None
        by = boldness(learned, EXAMPLES)  # it knows all of these
        bolder = tempered(learned, by)
        assert bolder.guesses("lamp")[0][1] > learned.guesses("lamp")[0][1]
        assert [s for s, _c in bolder.guesses("lamp")] == [s for s, _c in learned.guesses("lamp")]
        assert boldness(learned, []) == 1.0

    def test_comes_back_from_bytes_as_it_was(self) -> None:
        learned = learn(EXAMPLES)
        assert learned is not None
        lesson = SubjectLesson.of(learned, texts=5, score=(0, 0, 0))
        again = lesson.learned()
        assert again.guesses("de lamp") == learned.guesses("de lamp")
        assert lesson.sha256 == SubjectLesson.of(learned, texts=5, score=(0, 0, 0)).sha256

    def test_is_refused_when_its_bytes_were_changed(self) -> None:
        learned = learn(EXAMPLES)
        assert learned is not None
        lesson = SubjectLesson.of(learned, texts=5, score=(0, 0, 0))
        with pytest.raises(Damaged):
            Learned.from_bytes(bytes(lesson.content)[:-1] + b"x", lesson.sha256)

    def test_can_hold_no_object_that_runs(self) -> None:
        """A pickled array is refused on reading, whatever its hash says."""
        import hashlib

        packed = io.BytesIO()
        np.savez(packed, vocabulary=np.array([object()], dtype=object))
        content = packed.getvalue()
        with pytest.raises(ValueError, match="allow_pickle"):
            Learned.from_bytes(content, hashlib.sha256(content).hexdigest())


class TestPhrases:
    def test_are_there_for_every_subject_of_the_city(self, kortrijk: None) -> None:
        subjects = set(Category.objects.choosable().filter(parent__isnull=False).values_list("code", flat=True))
        assert {phrase.subject for phrase in phrases()} == subjects

    def test_stand_under_one_subject_each(self, kortrijk: None) -> None:
        texts = [phrase.text for phrase in phrases()]
        assert len(texts) == len(set(texts))

    def test_of_subjects_a_city_does_not_have_are_left_out(self, kortrijk: None) -> None:
        Category.objects.filter(code="parkeermeter").update(active=False)
        assert "parkeermeter" not in {phrase.subject for phrase in phrases()}
