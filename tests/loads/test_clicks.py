"""A load sent ten times at once has one effect; thousands of mangled files load exactly what is shown."""

import os
import random
from datetime import date
from typing import Any

import pytest
from flask import Flask

from nastav.consents.models import Consent
from nastav.db import db
from nastav.intake import apart, child, grid
from nastav.loads.models import Load
from tests.loads.loading import checked, people, sent_and_loaded, url
from tests.support import kinds
from tests.support.cast import Cast
from tests.support.clicks import ten_at_once
from tests.support.kinds import Made
from tests.support.mangled import mangled
from tests.support.pages import PageClient, find_form, form_values

MANGLED = int(os.environ.get("SOAK_TABLES", "10000"))  # of four kinds
TABLE = "ФИО\tКласс\tСогласие\nПтицына Ольга\t7А\t1.09.2020\nЁлкин Лев\t5б\t2.09.2020"


def test_a_table_sent_ten_times_at_once_is_kept_once(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    form = form_values(find_form(boris.get(url(cast))))
    assert ten_at_once(app, boris, url(cast), {**form, "text": TABLE}) == [303] * 10
    with app.app_context():
        assert db.session.query(Load).count() == 1


def test_a_load_carried_out_ten_times_at_once_brings_everybody_in_once(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = checked(boris, cast, TABLE)
    form = form_values(find_form(page))
    assert ten_at_once(app, boris, page.request.path, form) == [303] * 10
    assert people(app) == ["Ёлкин Лев", "Птицына Ольга"]
    with app.app_context():
        assert db.session.query(Consent).count() == 2
    undo = f"{page.request.path}/undo"
    form = form_values(find_form(boris.get(undo)))
    assert ten_at_once(app, boris, undo, form) == [303] * 10
    assert people(app) == []


def mangled_files_are_loaded_as_shown(
    app: Flask, cast: Cast, boris: PageClient, count: int
) -> list[bool]:
    """Mangle each kind of file in turn, send each; tell of which anything was loaded."""
    rows = [(f"Птицын{letter} Олег", "7А", "психолог", date(2020, 9, 1)) for letter in "абвгд"]
    made = Made([("ФИО", "Класс", "Источник", "Согласие"), *rows], hidden=[4])
    sources = [kinds.xlsx(made), kinds.xls(made), kinds.ods(made), kinds.csv_1251(made)]
    outcomes = [
        sent_and_loaded(app, cast, boris, mangled(sources[seed % 4], random.Random(seed)))
        for seed in range(count)
    ]
    assert all(sum(outcomes[at::4]) > count // 100 for at in range(4)), (
        "of a kind hardly any is loaded"
    )
    return outcomes


def in_this_process(_module: str, arguments: list[str], content: bytes) -> Any:
    """Read a file as the process apart would."""
    return child.answer(arguments[0], content)


def test_mangled_files_are_refused_or_loaded_exactly_as_shown(
    app: Flask, cast: Cast, boris: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "answer", in_this_process)  # a process each would take minutes
    monkeypatch.setattr(grid, "SECONDS", 0.5)
    assert mangled_files_are_loaded_as_shown(app, cast, boris, 200).count(True) > 20


@pytest.mark.soak
def test_ten_thousand_mangled_workbooks_are_sent(
    app: Flask, cast: Cast, boris: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "answer", in_this_process)  # a process each would take hours
    monkeypatch.setattr(grid, "SECONDS", 0.3)
    outcomes = mangled_files_are_loaded_as_shown(app, cast, boris, MANGLED)
    loaded = [sum(outcomes[at::4]) for at in range(4)]
    print(  # noqa: T201
        f"\nR10: {len(outcomes)} mangled tables sent, 0 × 500, nothing saved by a check; loaded exactly as "
        f"shown of .xlsx, .xls, .ods, .csv: {loaded}"
    )
