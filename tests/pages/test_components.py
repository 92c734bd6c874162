from datetime import UTC, date, datetime, time
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
import time_machine
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.formats import date_format, localize, time_format

from kortrijk_gebied.charts import Bar, BarChart

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)  # 11.00 in Kortrijk


def render(source: str, **context: object) -> str:
    return Template("{% load gebied %}" + source).render(Context(context))


class TestFormats:
    def test_are_belgian(self) -> None:
        assert date_format(date(2026, 11, 21)) == "21 november 2026"
        assert time_format(time(8, 14)) == "8.14 uur"
        assert localize(3.5) == "3,5"

    def test_give_a_native_date_input_what_it_reads(self) -> None:
        field = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
        assert 'value="2026-11-21"' in field.widget.render("on", date(2026, 11, 21))
        assert field.clean("21/11/2026") == date(2026, 11, 21)


class TestLineBreaks:
    def test_of_a_mail_address_come_after_its_at_and_let_no_markup_in(self) -> None:
        assert render("{{ it|breakable }}", it="rosa@voorbeeld.example") == "rosa@<wbr>voorbeeld.example"
        assert render("{{ it|breakable }}", it="<b>@x") == "&lt;b&gt;@<wbr>x"

    def test_of_a_title_come_after_its_dot_and_let_no_markup_in(self) -> None:
        assert render("{{ it|no_line_begins_with_a_dot }}", it="Zwerfvuil · <b>") == "Zwerfvuil\xa0· &lt;b&gt;"


class TestTerm:
    @pytest.mark.parametrize(
        ("due", "urgency", "words"),
        [
            (datetime(2026, 11, 18, 9, tzinfo=UTC), "late", "3 dagen te laat"),
            (datetime(2026, 11, 20, 20, tzinfo=UTC), "late", "1 dag te laat"),
            (datetime(2026, 11, 21, 8, 30, tzinfo=UTC), "late", "te laat sinds 9.30"),
            (datetime(2026, 11, 21, 16, tzinfo=UTC), "soon", "vandaag 17.00"),
            # 23.30 UTC is already the 22nd in Kortrijk.
            (datetime(2026, 11, 21, 23, 30, tzinfo=UTC), "soon", "morgen"),
            (datetime(2026, 11, 25, 9, tzinfo=UTC), "", "nog 4 dagen"),
            (date(2026, 11, 21), "soon", "vandaag"),
            (date(2026, 11, 20), "late", "1 dag te laat"),
        ],
    )
    @time_machine.travel(NOW, tick=False)
    def test_says_it_in_the_words_of_today(self, due: datetime | date, urgency: str, words: str) -> None:
        html = render("{% term due %}", due=due)
        assert f">{words}</time>" in html
        assert f'class="term {urgency}"' in html

    def test_is_silent_without_a_date(self) -> None:
        assert render("{% term due %}", due=None) == ""


class TestOrganisationBadge:
    police = SimpleNamespace(name="Politie", letter="P", style="politie")

    def test_is_filled_once_accepted(self) -> None:
        html = render('{% org_badge o "accepted" %}', o=self.police)
        assert 'class="org politie done"' in html
        assert 'aria-label="Politie: aanvaard"' in html

    def test_is_outlined_while_offered(self) -> None:
        html = render('{% org_badge o "offered" %}', o=self.police)
        assert "done" not in html
        assert 'aria-label="Politie: aangeboden"' in html

    def test_escapes_the_name(self) -> None:
        sly = SimpleNamespace(name='"><script>', letter="<", style="stad")
        assert "<script>" not in render("{% org_badge o %}", o=sly)


class TestField:
    class PlaceForm(forms.Form):
        place = forms.CharField(label="Plaats", help_text="Straat en nummer.")
        remark = forms.CharField(label="Opmerking", required=False)
        kind = forms.ChoiceField(label="Soort", choices=[("a", "Vraag"), ("b", "Klacht")], widget=forms.RadioSelect)

    def test_ties_label_description_and_error_to_the_input(self) -> None:
        html = render("{% field f.place %}", f=self.PlaceForm({"place": ""}))
        assert 'for="id_place"' in html
        assert 'aria-describedby="id_place_helptext id_place_error"' in html
        assert 'id="id_place_helptext"' in html
        assert 'id="id_place_error"' in html
        assert 'aria-invalid="true"' in html

    def test_lets_the_form_say_what_is_too_long_and_the_browser_cut_nothing(self) -> None:
        class Words(forms.Form):
            title, text = forms.CharField(max_length=5), forms.CharField(max_length=5, widget=forms.Textarea)

        for field in Words({"title": "Glasbol", "text": "Glasbollen"}):
            html = render("{% field it %}", it=field)
            assert "maxlength" not in html
            assert "Glasbol" in html
            assert "niet meer dan 5 tekens" in html

    def test_says_what_may_stay_empty(self) -> None:
        form = self.PlaceForm()
        assert "(niet verplicht)" in render("{% field f.remark %}", f=form)
        assert "(niet verplicht)" not in render("{% field f.place %}", f=form)

    def test_groups_radio_buttons_under_a_legend(self) -> None:
        html = render("{% field f.kind %}", f=self.PlaceForm({"kind": "b"}))
        assert "<legend" in html
        assert html.count("checked") == 1

    def test_takes_extra_attributes(self) -> None:
        assert 'autocomplete="off"' in render('{% field f.place autocomplete="off" %}', f=self.PlaceForm())

    def test_is_found_from_the_summary(self) -> None:
        html = render("{% error_summary f %}", f=self.PlaceForm({"place": ""}))
        assert 'href="#id_place"' in html
        assert 'href="#id_kind_0"' in html
        assert "Dit klopt nog niet" in html

    def test_has_no_summary_while_all_is_well(self) -> None:
        assert render("{% error_summary f %}", f=self.PlaceForm()).strip() == ""


class TestBarChart:
    chart = BarChart(
        "Signalen per onderwerp",
        "Sluikstort staat op kop.",
        ["november 2026", "oktober 2026"],
        [Bar("Sluikstort <zwaar>", [1240, 33]), Bar("Groen", [None, 0])],
    )

    def test_is_one_drawing_for_page_and_paper(self) -> None:
        svg = render_to_string("components/bar_chart.svg", {"chart": self.chart})
        root = ElementTree.fromstring(svg)  # noqa: S314
        assert root.find("{http://www.w3.org/2000/svg}title") is not None
        assert "style=" not in svg
        assert "var(" not in svg
        assert "1.240" in svg

    def test_has_its_figures_in_a_table(self) -> None:
        html = render("{% bar_chart c %}", c=self.chart)
        assert "<caption>Signalen per onderwerp</caption>" in html
        assert "–" in html

    def test_draws_nothing_but_zeroes_without_failing(self) -> None:
        empty = BarChart("Leeg", "Niets.", ["nu"], [Bar("Groen", [0])])
        assert "Groen" in render("{% bar_chart c %}", c=empty)
