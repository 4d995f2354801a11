"""The commands as a whole: `nastav init`, `demo`, `check`, `backup`, `restore`, what each says."""

import stat
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result

from nastav import backup, copies, server, sqlite
from nastav.access import ROLE_LABELS
from nastav.cli import main
from nastav.orders.loader import default_path
from tests.support.statements import statements


def run(instance: Path, *words: object) -> Result:
    """Run a command on an instance; a trace is never what a person gets."""
    env = {"NASTAV_INSTANCE": str(instance), "NASTAV_TODAY": "2020-12-09"}
    result = CliRunner(env=env).invoke(main, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def content(instance: Path) -> list[str]:
    with closing(sqlite.connect(instance / backup.DATABASE)) as connection:
        return list(statements(connection))


def change(instance: Path, statement: str) -> None:
    with closing(sqlite.connect(instance / backup.DATABASE)) as connection, connection:
        connection.execute(statement)


def test_init_loads_the_order_once_and_shows_the_password_once(tmp_path: Path) -> None:
    first = run(tmp_path, "init")
    assert first.exit_code == 0
    assert "Приказ загружен: Калининский район." in first.output
    assert "логин   coordinator" in first.output
    before = content(tmp_path)
    second = run(tmp_path, "init")
    assert second.exit_code == 0
    assert second.output == "База готова: Калининский район.\n"
    assert content(tmp_path) == before


def test_there_is_nothing_to_run_before_the_database_is_made(tmp_path: Path) -> None:
    result = run(tmp_path, "run", "--port", "0")
    assert result.exit_code == 1
    assert result.output == "Ошибка. Базы ещё нет. Создайте её: nastav init\n"
    assert not (tmp_path / backup.DATABASE).exists()


def test_a_mistake_in_the_order_names_its_key_and_loads_nothing(tmp_path: Path) -> None:
    order = tmp_path / "order.toml"
    text = default_path().read_text(encoding="utf-8")
    order.write_text(text.replace("[32, 81, 129, 177, 225]", "[32, 81]"), encoding="utf-8")
    result = run(tmp_path, "init", order)
    assert result.exit_code == 1
    assert "plan.schools[3].mentees: нужно 5 чисел" in result.output
    assert result.output.startswith("Ошибка. Строка ")
    assert not (tmp_path / backup.DATABASE).exists()


def test_the_demo_is_a_database_of_its_own_with_every_role(tmp_path: Path) -> None:
    first = run(tmp_path, "demo")
    assert first.exit_code == 0
    assert "вымышлены" in first.output
    assert all(label in first.output for label in ROLE_LABELS.values())
    assert not (tmp_path / backup.DATABASE).exists()
    before = content(tmp_path / "demo")
    assert run(tmp_path, "demo").output == first.output
    assert content(tmp_path / "demo") == before


def test_a_healthy_site_passes_the_check(instance: Path) -> None:
    result = run(instance, "check")
    assert result.exit_code == 0
    assert "База цела." in result.output
    assert "школ — 13, учётных записей — 5" in result.output
    assert "!" not in result.output


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE user SET school_id = 9999 WHERE login = 'boris'", "оборванной связью: 1"),
        ("UPDATE alembic_version SET version_num = '0000'", "Схема базы 0000, нужна"),
        ("DROP TABLE pair", "не хватает таблиц"),
    ],
)
def test_the_check_tells_what_is_broken(instance: Path, statement: str, sentence: str) -> None:
    change(instance, statement)
    result = run(instance, "check")
    assert result.exit_code == 1
    assert sentence in result.output


def test_the_check_tells_who_may_read_the_key(instance: Path) -> None:
    (instance / "secret_key").chmod(0o644)
    result = run(instance, "check")
    assert result.exit_code == 1
    assert "nastav check --mend" in result.output
    assert stat.S_IMODE((instance / "secret_key").stat().st_mode) == 0o644, "it only looks"


def damage(database: Path) -> None:
    """Write zeros over a page in the middle, as a failing disk would."""
    with database.open("r+b") as file:
        file.seek(4096 * 20)
        file.write(bytes(4096 * 4))


def test_a_damaged_database_is_told_by_every_command(instance: Path) -> None:
    damage(instance / backup.DATABASE)
    assert run(instance, "check").exit_code == 1
    assert "База повреждена" in run(instance, "check").output
    (instance / backup.DATABASE).write_bytes(b"not a database" * 999)
    for words in (["check"], ["init"], ["user", "list"], ["backup", instance / "b.zip"]):
        result = run(instance, *words)
        assert result.exit_code == 1
        assert "поврежден" in result.output.replace("ё", "е"), words
    assert not (instance / "b.zip").exists()


def test_the_check_tells_of_the_daily_copies(instance: Path) -> None:
    database, folder = instance / backup.DATABASE, instance / copies.FOLDER
    assert "Проверенных копий базы ещё нет" in run(instance, "check").output
    copy = copies.daily(database, folder, date(2020, 12, 9), 3)
    assert copy
    good = run(instance, "check")
    assert good.exit_code == 0
    assert f"Последняя исправная копия: {copy}, меньше суток назад." in good.output

    whole = database.read_bytes()
    damage(database)
    with pytest.raises(backup.NoBackup):
        copies.daily(database, folder, date(2020, 12, 10), 3)
    database.write_bytes(whole)
    failed = run(instance, "check")
    assert failed.exit_code == 1
    assert "! Последняя попытка" in failed.output
    with time_machine.travel(datetime.now(UTC) + timedelta(days=5)):
        assert "! Последняя исправная копия: " in (late := run(instance, "check").output)
    assert "5 дней назад" in late
    copy.write_bytes(copy.read_bytes()[:-200])
    assert "Последняя копия nastav-2020-12-09.zip испортилась." in run(instance, "check").output


def test_without_a_database_each_command_says_how_to_begin(tmp_path: Path) -> None:
    for words in (["check"], ["user", "list"], ["backup", tmp_path / "b.zip"]):
        result = run(tmp_path, *words)
        assert result.exit_code == 1, words
        assert "nastav init" in result.output
    assert not (tmp_path / "b.zip").exists()


def test_a_backup_needs_a_folder(instance: Path) -> None:
    result = run(instance, "backup", instance / "no" / "such" / "b.zip")
    assert result.exit_code == 1
    assert "нельзя записать" in result.output


def test_a_restore_brings_back_what_was_and_keeps_what_is(instance: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.zip"
    assert run(instance, "backup", copy).exit_code == 0
    before = content(instance)
    change(instance, "UPDATE user SET name = 'Другое Имя' WHERE login = 'boris'")
    after = content(instance)
    assert after != before

    result = run(instance, "restore", copy)
    assert result.exit_code == 0
    assert content(instance) == before
    (aside,) = instance.glob("nastav-before-restore-*.sqlite3")
    assert f"Прежняя база сохранена: {aside}" in result.output
    with closing(sqlite.connect(aside)) as connection:
        assert list(statements(connection)) == after
    assert run(instance, "check").exit_code == 0


def damaged(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-200])


def newer(copy: Path) -> None:
    with zipfile.ZipFile(copy) as old:
        manifest, database = old.read("nastav.json"), old.read(backup.DATABASE)
    with zipfile.ZipFile(copy, "w") as new:
        head = manifest.replace(b'"schema": "', b'"schema": "from-the-future-')
        new.writestr("nastav.json", head)
        new.writestr(backup.DATABASE, database)


@pytest.mark.parametrize(
    ("spoil", "sentence"), [(damaged, "не резервная копия"), (newer, "более новой программой")]
)
def test_a_bad_backup_changes_nothing(spoil, sentence: str, instance: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.zip"
    run(instance, "backup", copy)
    spoil(copy)
    before = (instance / backup.DATABASE).read_bytes()
    result = run(instance, "restore", copy)
    assert result.exit_code == 1
    assert sentence in result.output
    assert (instance / backup.DATABASE).read_bytes() == before
    assert not list(instance.glob("nastav-before-restore-*"))


def test_nothing_is_restored_under_a_running_site(instance: Path, tmp_path: Path) -> None:
    run(instance, "backup", tmp_path / "copy.zip")
    with server.only_one(instance):
        result = run(instance, "restore", tmp_path / "copy.zip")
    assert result.exit_code == 1
    assert "Остановите его" in result.output


def test_accounts_are_reached_through_the_whole_command(instance: Path) -> None:
    assert run(instance, "user", "disable", "gleb").exit_code == 0
    listed = run(instance, "user", "list").output.splitlines()
    assert [line.split()[0] for line in listed if line.endswith("отключена")] == ["gleb"]
