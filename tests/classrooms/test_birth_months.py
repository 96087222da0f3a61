from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tendril.classrooms import birth_months


@pytest.mark.parametrize(
    "text",
    [
        "2015-03",
        "2015-3",
        "2015/03",
        "2015-03-14",
        "03/2015",
        "3.2015",
        "14.03.2015",
        "14. 3. 2015",
        "14/03/2015",
        "03/14/2015",
        "03/03/2015",
        "Mar-15",
        "March 2015",
        "Mrz 15",
        "März 2015",
        "mars-15",
        " 2015-03 ",
    ],
)
def test_a_month_is_read_as_people_and_spreadsheets_write_it(text):
    assert birth_months.read(text) == date(2015, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "-",
        "2015",
        "2015-13",
        "2015-00",
        "03/04/2015",
        "1815-03",
        "2999-01",
        "99999-01",
        "²015-03",
        "soon",
    ],
)
def test_what_is_no_month_or_could_be_two_is_refused(text):
    with pytest.raises(ValidationError, match="Write it as year and month: 2015-03"):
        birth_months.read(text)


def test_june_and_july_are_told_apart_in_french():
    months = [birth_months.read(text).month for text in ("juin 2014", "juil. 2014")]

    assert months == [6, 7]


def test_a_year_of_two_digits_is_never_to_come():
    assert birth_months.read("Jan-99").year == 1999


def test_what_is_written_is_read_again():
    assert birth_months.read(birth_months.written(date(2015, 3, 1))) == date(2015, 3, 1)
    assert birth_months.written(None) == ""
