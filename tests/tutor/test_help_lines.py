import re

import pytest
from django.template.loader import render_to_string

from lessons.problems import InvalidFiles
from tutor import help_lines

LINE = """
  - name: {name}
    countries: [XX]
    number: {number}
    hours: day and night
    languages: [en]
    for_emergencies: {urgent}
    source: https://example.com/
    checked_on: "{checked}"
    reviewed_by: "{signed}"
    reviewed_on: ""
"""


def line(name="Listeners", number="0800-1", checked="2026-12-01", signed="", **more):
    urgent = str(more.get("urgent", False)).lower()
    return LINE.format(
        name=name, number=number, checked=checked, signed=signed, urgent=urgent
    )


@pytest.fixture
def known(tmp_path):
    def written(*lines, signed=""):
        path = tmp_path / "help_lines.yaml"
        head = f'page:\n  reviewed_by: "{signed}"\n  reviewed_on: ""\nlines:'
        path.write_text(head + "".join(lines))
        return help_lines.read(path)

    return written


@pytest.mark.parametrize(
    ("country", "numbers"),
    [
        ("US", ["911", "988", "1-800-422-4453"]),
        ("GB", ["999", "0800 1111", "116 123"]),
        ("IE", ["112", "1800 66 66 66"]),
        ("DE", ["112", "116 111"]),
        ("ES", ["112", "900 20 20 10"]),
        ("AU", ["000", "1800 55 1800"]),
        ("CA", ["911", "1-800-668-6868"]),
        ("NZ", ["111", "1737"]),
        ("FR", ["112"]),
        ("ZZ", []),
    ],
)
def test_a_country_has_its_numbers_emergencies_first(country, numbers):
    assert [line.number for line in help_lines.for_country(country)] == numbers
    assert help_lines.for_country(country.lower()) == help_lines.for_country(country)


def test_the_country_is_the_site_s_own_if_none_is_named(settings):
    settings.TUTOR_COUNTRY = "NZ"

    assert help_lines.for_country() == help_lines.for_country("NZ")
    assert help_lines.problems() == help_lines.problems("NZ")


def test_a_number_that_nobody_checked_is_not_shown_but_named(known):
    lines = known(
        line(checked=""), line("Others", "0800-2", signed="Ms Help"), signed="me"
    )

    assert [shown.name for shown in lines.shown_in("XX")] == ["Others"]
    assert list(lines.problems_in("XX")) == [
        "Listeners (0800-1) was not checked, so it is not shown."
    ]


def test_what_no_person_has_signed_is_named(known):
    assert list(known(line()).problems_in("XX")) == [
        "Listeners (0800-1) waits for somebody to sign that it is right.",
        "The words of the help page wait for somebody to sign them.",
    ]
    assert list(known(line(signed="Ms Help"), signed="me").problems_in("XX")) == []


def test_an_emergency_number_alone_is_not_enough(known):
    lines = known(line(urgent=True, signed="Ms Help"), signed="me")

    assert list(lines.problems_in("XX")) == [
        "No help line for children in XX is known."
    ]


def test_without_a_country_the_page_has_no_numbers(settings):
    settings.TUTOR_COUNTRY = ""

    assert help_lines.for_country() == []
    assert help_lines.problems() == [
        "No country is set, so the help page shows no numbers."
    ]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (line(number="call us"), "cannot be dialled"),
        (line(checked="yesterday"), "is not a day"),
        (line().replace("https://example.com/", "a leaflet"), "is not a web address"),
    ],
)
def test_a_line_needs_a_number_a_day_and_a_source(known, wrong, message):
    with pytest.raises(InvalidFiles, match=message):
        known(wrong)


def shown(**context):
    return render_to_string("tutor/danger.html#danger-help", context)


def test_the_page_dials_each_number_and_names_the_emergency_first(known):
    lines = known(line("Listeners", "0800 11-11"), line("All", '"112"', urgent=True))

    page = shown(lines=lines.shown_in("XX"))

    assert [line.name for line in lines.shown_in("XX")] == ["All", "Listeners"]
    assert re.findall(r'href="tel:(\d+)">([^<]+)<', page) == [
        ("112", "112"),
        ("08001111", "0800 11-11"),
    ]
    assert page.index("112") < page.index("Tell a grown-up") < page.index("Listeners")


def test_the_page_works_without_any_number():
    page = shown(lines=[])

    assert "tel:" not in page
    assert "Tell a grown-up you trust" in page


def test_the_page_says_who_is_told_only_if_somebody_is():
    assert "Who will be told: your teacher" in shown(lines=[], told="your teacher")
    assert "will be told" not in shown(lines=[])
