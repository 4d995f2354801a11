"""Days as programs write them, with their midnight or as Excel counts: read as that day in every field."""

from datetime import date

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from nastav import ru
from nastav.forms import BaseForm, RussianDate

TODAY = date(2020, 12, 9)
READ = """08.12.2020 0:00:00|8.12.2020 00:00|08.12.2020, 0:00|2020-12-08T00:00:00|2020-12-08 00:00:00.000
2020-12-08T00:00:00Z|2020-12-08T00:00+03:00|2020-12-08T14:30:05|08.12.2020 14:30|44173|44173,0|44173.5"""
REFUSED = "36525|73051|99999|4417|441733|2020-12-07T21:00:00Z|8.12.2020 0:0|8:00|٤٤١٧٣"


@pytest.mark.parametrize("text", READ.replace("\n", "|").split("|"))
def test_a_day_with_its_time_or_as_a_number_is_the_day(text: str) -> None:
    assert ru.parse_date(text, today=TODAY) == date(2020, 12, 8)


@pytest.mark.parametrize("text", REFUSED.split("|"))
def test_what_may_be_another_day_is_refused(text: str) -> None:
    with pytest.raises(ru.BadDate, match=r"ДД\.ММ\.ГГГГ"):
        ru.parse_date(text, today=TODAY)


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_as_programs_write_it(day: date) -> None:
    number = (day - date(1899, 12, 30)).days
    for text in (str(number), f"{number},0", f"{day:%d.%m.%Y} 0:00:00", f"{day.isoformat()}T00:00"):
        assert ru.parse_date(text, today=TODAY) == day


class Form(BaseForm):
    """Any form with a date."""

    day = RussianDate("День")


def test_a_field_shows_the_day_back(app: Flask) -> None:
    with app.test_request_context():
        form = Form(MultiDict({"day": "44173"}), meta={"csrf": False})
        assert form.validate()
        assert 'value="08.12.2020"' in str(form.day())
