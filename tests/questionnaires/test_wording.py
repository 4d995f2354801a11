"""Rewording a questionnaire: by the coordinator's page and by the server's command line."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from nastav import revisions
from nastav.audit.models import AuditEntry
from nastav.cli import main
from nastav.db import db
from nastav.feedback import questionnaires
from nastav.feedback.models import Moment, Questionnaire, Respondent
from tests.conftest import TODAY
from tests.feedback.sheets import enter, questions
from tests.migrations.databases import close, restore, site_on
from tests.support.cast import Cast
from tests.support.pages import PageClient, field_names, find_form, form_values, soup, text_of


def board(cast: Cast) -> str:
    return f"/districts/{cast.district}/settings/questionnaires"


def mentee_final(app: Flask, cast: Cast) -> Questionnaire:
    with app.app_context():
        found = questionnaires.newest(cast.district, Respondent.MENTEE, Moment.FINAL)
        assert found is not None
        return found


def edit_page(app: Flask, cast: Cast) -> str:
    return f"{board(cast)}/{mentee_final(app, cast).id}/edit"


def test_the_coordinator_sees_all_eight_and_what_is_asked(cast: Cast, anna: PageClient) -> None:
    page = anna.get(board(cast))
    links = soup(page).select("tbody a")
    assert len(links) == 8
    shown = text_of(anna.get(str(links[-1]["href"])))
    assert "Оценка программы куратором" in shown
    assert "баллы: 0 — нет, 1 — отчасти, 2 — да" in shown


def test_a_reworded_questionnaire_is_a_new_version_and_old_answers_keep_theirs(
    app: Flask, cast: Cast, anna: PageClient, boris: PageClient
) -> None:
    (response_id,) = enter(app, cast, 9)
    answer = anna.fill(edit_page(app, cast), text_0="Довольны ли вы?", order_0="3")
    assert answer.status_code == 303
    found = mentee_final(app, cast)
    assert (found.number, [each.key for each in found.questions][:3]) == (
        2,
        ["goal_clear", "satisfied", "confidence"],
    )
    at = f"/schools/{cast.boris_school}/2020/feedback"
    assert "Насколько вы довольны" in text_of(boris.get(f"{at}/{response_id}"))
    assert "Довольны ли вы?" in text_of(boris.get(f"{at}/new?part=mentee&moment=final"))
    with app.app_context():
        events = db.session.scalars(
            select(AuditEntry.subject).filter_by(event="questionnaire:reworded")
        )
        assert list(events) == ["наставляемые, итог, редакция 2"]


def test_a_question_is_dropped_and_another_added_under_a_key_of_its_own(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    anna.fill(edit_page(app, cast), drop_1="y", text_9="Чему вы научились?", kind_9="text")
    keys = [each.key for each in mentee_final(app, cast).questions]
    assert "goal_clear" not in keys
    assert keys[-1] == "own_1"
    anna.fill(edit_page(app, cast), text_9="Ещё?", kind_9="yes_no")
    assert mentee_final(app, cast).questions[-1].key == "own_2"


def test_the_summary_says_that_versions_differ(
    app: Flask, cast: Cast, anna: PageClient, boris: PageClient
) -> None:
    at = f"/schools/{cast.boris_school}/2020/feedback"
    enter(app, cast, 9, 9, 9, 9, 9)
    assert "разные редакции" not in text_of(boris.get(at))
    anna.fill(edit_page(app, cast), text_0="Довольны ли вы?")
    enter(app, cast, 9)
    page = text_of(boris.get(at))
    assert "Ответы даны на разные редакции анкеты (№ 1 и 2)" in page
    assert "поставили 6 из 6 ответивших" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"drop_0": "y"}, "нужен вопрос с ключом satisfied"),
        ({"text_0": " "}, "Впишите вопрос или отметьте"),
        ({"low_0": ""}, "Напишите, что значит 1."),
        ({"text_9": "Новый?", "kind_9": "scale"}, "Напишите, что значит 10."),
        ({"title": ""}, "Укажите название анкеты."),
        ({"text_1": "а" * 501}, "501 знак, а помещается не больше 500"),
    ],
)
def test_what_cannot_be_used_is_refused_and_kept(
    app: Flask, cast: Cast, anna: PageClient, typed: dict[str, Any], sentence: str
) -> None:
    answer = anna.fill(edit_page(app, cast), text_8="моё", **typed)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert form_values(find_form(answer))["text_8"] == "моё"
    assert mentee_final(app, cast).number == 1


@pytest.mark.parametrize("kind", [[], ["нет такого"]])
def test_a_new_question_without_a_kind_is_refused_and_kept(
    app: Flask, cast: Cast, anna: PageClient, kind: list[str]
) -> None:
    page = edit_page(app, cast)
    form = find_form(anna.get(page))
    new = next(name for name in field_names(form) if name.startswith("kind_")).removeprefix("kind_")
    typed = {f"text_{new}": "Что ещё важно?", f"kind_{new}": kind}
    answer = anna.post(page, data={**form_values(form), **typed})
    assert answer.status_code == 422
    assert "Что ещё важно?" in text_of(answer)
    assert mentee_final(app, cast).number == 1


def test_the_nine_statements_of_the_assessment_may_be_reworded_but_not_dropped(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    with app.app_context():
        found = questionnaires.newest(cast.district, Respondent.CURATOR, Moment.FINAL)
        assert found is not None
    at = f"{board(cast)}/{found.id}/edit"
    answer = anna.fill(at, drop_0="y")
    assert answer.status_code == 422
    assert "нужно 9 утверждений" in text_of(answer)
    assert anna.fill(at, text_0="Цели ясны.").status_code == 303


def test_of_two_tabs_the_second_sees_both_and_may_keep_its_own(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    late = anna.get(edit_page(app, cast))
    anna.fill(late, text_0="Первая")
    answer = anna.fill(late, text_0="Вторая")
    assert answer.status_code == 409
    row = soup(answer).select_one("#differences tbody tr")
    assert row
    assert "Вторая" in row.get_text()
    assert "Первая" in row.get_text()
    assert mentee_final(app, cast).number == 2
    assert anna.fill(answer).status_code == 303  # «Оставить моё»
    found = mentee_final(app, cast)
    assert (found.number, found.questions[0].text) == (3, "Вторая")


def test_saving_without_a_change_makes_no_version(app: Flask, cast: Cast, anna: PageClient) -> None:
    page = anna.get(edit_page(app, cast))
    for _ in range(2):
        assert anna.fill(page).status_code == 303
    assert mentee_final(app, cast).number == 1


# --- the command line -----------------------------------------------------------------------------


@pytest.fixture
def run(app: Flask, instance: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that runs `nastav questionnaires …` on the test's database."""
    monkeypatch.setenv("NASTAV_INSTANCE", str(instance))
    monkeypatch.setenv("NASTAV_TODAY", TODAY)
    return lambda *words: CliRunner().invoke(main, ["questionnaires", *words])


def test_a_file_is_loaded_as_a_new_version_and_once_only(
    app: Flask, cast: Cast, run: Any, tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    shown = run("show", "mentee", "final").output
    path.write_text(shown.replace("Насколько вы довольны", "Довольны ли вы"), encoding="utf-8")
    assert "редакция 2" in run("load", str(path)).output
    assert "ничего не изменено" in run("load", str(path)).output
    found = mentee_final(app, cast)
    assert (found.number, found.questions[0].text[:8]) == (2, "Довольны")
    assert "редакция 2" in run("list").output


def test_a_wrong_file_is_refused_with_the_key_of_the_line(
    app: Flask, cast: Cast, run: Any, tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    shown = run("show", "mentee", "final").output
    path.write_text(shown.replace('kind = "scale"', 'kind = "stars"', 1), encoding="utf-8")
    answer = run("load", str(path))
    assert answer.exit_code == 1
    assert "mine.toml: Строка 7, questions[1].kind: нужно одно из" in answer.output
    assert mentee_final(app, cast).number == 1


def test_a_key_that_means_another_kind_already_is_refused(
    app: Flask, cast: Cast, run: Any, tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    shown = run("show", "mentee", "final").output
    path.write_text(shown.replace('key = "valued"', 'key = "expectations"'), encoding="utf-8")
    assert run("load", str(path)).exit_code == 0  # a text at the start as well
    path.write_text(shown.replace('key = "valued"', 'key = "had_mentor"'), encoding="utf-8")
    answer = run("load", str(path))
    assert answer.exit_code == 1
    assert "вопрос had_mentor в других анкетах имеет вид yes_no" in answer.output


def test_a_district_of_the_first_schema_is_given_the_assessment(tmp_path: Path) -> None:
    restore("0001", tmp_path)
    with site_on(tmp_path).app_context():
        revisions.upgrade()
        found = questionnaires.newest(1, Respondent.CURATOR, Moment.FINAL)
        assert found is not None
        assert [question.kind for question in found.questions] == [*["points"] * 9, "text"]
        close()


# --- the curator's assessment ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "level"), [(15, "оптимальный"), (14, "допустимый"), (8, "недопустимый")]
)
def test_the_curator_s_points_give_a_level(
    app: Flask, cast: Cast, boris: PageClient, points: int, level: str
) -> None:
    at = f"/schools/{cast.boris_school}/2020/feedback"
    new = f"{at}/new?part=curator&moment=final"
    asked = questions(app, cast, part=Respondent.CURATOR)
    ids = [question.id for question in asked.values() if question.kind == "points"]
    marks = [min(2, max(0, points - 2 * place)) for place in range(9)]
    typed = {f"q{question_id}": str(mark) for question_id, mark in zip(ids, marks, strict=True)}
    page = boris.get(new)
    assert "Пара или группа" not in text_of(page)
    assert boris.fill(page, answered_on="8.12", **typed).status_code == 303
    shown = text_of(boris.get(at))
    assert f"{points} из 18, уровень {level}" in shown
    assert "В этом учебном году ответов пока нет" in shown  # no participant has answered
    left_out = {**typed, f"q{ids[0]}": ""}
    boris.fill(new, answered_on="8.12", **left_out)
    assert "отмечено 8 из 9 утверждений, уровень не считается" in text_of(boris.get(at))
