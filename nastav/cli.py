"""Commands for whoever runs the server: `nastav init`, `run`, `demo`, `backup` …"""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask
from sqlalchemy.exc import DatabaseError, OperationalError

from nastav import backup as backups
from nastav import (
    closed,
    condition,
    config,
    copies,
    dates,
    heap,
    logs,
    restoring,
    revisions,
    ru,
    server,
    setup,
    sqlite,
    submitted,
)
from nastav.access import ROLE_LABELS, Actor
from nastav.accounts import operations as accounts
from nastav.accounts.commands import user_commands
from nastav.app import create_app
from nastav.checkup import checkup
from nastav.compaction import compact
from nastav.db import db, pause, writing
from nastav.demo import operations as demo_operations
from nastav.district import queries as districts
from nastav.loads import operations as loads
from nastav.orders.loader import OrderError, load
from nastav.questionnaires.wording.commands import questionnaire_commands
from nastav.refusals import NotAllowed
from nastav.retention import operations as retention
from nastav.retention import queries as due


class NoSite(Exception):
    """There is no database to serve; the message is a Russian sentence."""


MISTAKES = (
    NoSite,
    OrderError,
    setup.OrderDiffers,
    config.BadSetting,
    closed.ForeignUser,
    dates.BadZone,
    server.BusyPort,
    server.AlreadyRunning,
    backups.BadBackup,
    backups.NoBackup,
    NotAllowed,
)
FILES = ("файл", "файла", "файлов")
OFFICE = ("0.0.0.0", "::")  # noqa: S104 - compared with, not listened on


class Commands(click.Group):
    """A group whose known mistakes are told in a sentence, without a trace."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; exit 1 with the sentence of a known mistake."""
        try:
            return super().invoke(ctx)
        except MISTAKES as mistake:
            click.echo(f"Ошибка. {mistake}", err=True)
        except OperationalError as mistake:
            click.echo(f"База недоступна ({mistake.orig}). Если её ещё нет: nastav init", err=True)
        except (DatabaseError, sqlite.DatabaseError) as mistake:
            if type(getattr(mistake, "orig", mistake)) is not sqlite.DatabaseError:
                raise  # a broken rule of the schema is our fault, not the file's
            click.echo("Файл базы повреждён. Восстановите её: nastav restore ФАЙЛ", err=True)
        sys.exit(1)


@click.group(cls=Commands, help="Наставничество: команды для того, кто обслуживает сайт.")
@click.pass_context
def main(context: click.Context) -> None:
    """Group the commands; whatever they write is closed to other users of the machine."""
    before = os.umask(closed.OTHERS)
    context.call_on_close(lambda: os.umask(before))


@contextmanager
def site(instance: Path | None = None) -> Iterator[Flask]:
    """Give a command the application and its context."""
    app = create_app(instance)
    with app.app_context():
        try:
            yield app
        finally:
            db.engine.dispose()


def _close_files(app: Flask) -> None:
    """Close what an older program left open to other users of the machine."""
    done, left = closed.close(Path(app.instance_path))
    if done:
        click.echo(f"Закрыты от других пользователей машины: {ru.counted(len(done), *FILES)}.")
    for path in left:
        click.echo(f"Не удалось закрыть от других пользователей: {path}", err=True)


def database_of(app: Flask) -> Path:
    """Return the file of the database."""
    return Path(app.instance_path) / backups.DATABASE


@main.command(
    help="Создать базу и загрузить приказ (по умолчанию — приказ № 428). Повтор ничего не меняет."
)
@click.argument("order", required=False, type=click.Path(path_type=Path, dir_okay=False))
def init(order: Path | None) -> None:
    """Bring the schema up to date, load an order, make the first coordinator."""
    with site() as app:
        is_new = setup.prepare(Actor.system(), order)
        _close_files(app)
        with writing():
            own = setup.district_of(order)
            names = [own.name] if own else [district.name for district in districts.districts()]
            made = accounts.first_coordinator(own.id) if own else None
        click.echo(f"{'Приказ загружен' if is_new else 'База готова'}: {', '.join(names)}.")
        if made:
            login, password = made
            click.echo(f"\nКоординатор входит так:\n  логин   {login}\n  пароль  {password}")
            click.echo("Пароль одноразовый: показан один раз, при первом входе его сменят.\n")


@main.command(help="Запустить сайт.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="0.0.0.0 — открыть для соседей по сети."
)
@click.option("--port", default=8000, show_default=True)
def run(host: str, port: int) -> None:
    """Serve the site until it is told to stop."""
    logs.configure()
    with site() as app, server.only_one(Path(app.instance_path)):
        if not database_of(app).exists():
            raise NoSite("Базы ещё нет. Создайте её: nastav init")
        _close_files(app)
        revisions.upgrade()
        names = server.own_names() if host in OFFICE else []
        app.config["TRUSTED_HOSTS"] = [*app.config["TRUSTED_HOSTS"], host, *names]
        heap.bound()
        bound = server.bind(app, host, port)
        _say_where(host, port, names)
        condition.of_site().expect_check()
        threading.Thread(target=_keep_house, args=(app,), daemon=True).start()
        server.serve(bound)
        click.echo("Сайт остановлен, начатые действия завершены.")


def _say_where(host: str, port: int, names: list[str]) -> None:
    if host not in OFFICE:
        click.echo(f"Сайт открыт: http://{host}:{port}")
    for name in names:
        click.echo(f"Соседи набирают: http://{name}:{port}")
    if dates.is_fixed():
        click.echo(f"Сегодня на сайте: {dates.today():%d.%m.%Y} (NASTAV_TODAY)")
    click.echo("Остановить: Ctrl+C")


def _keep_house(app: Flask) -> None:
    """Keep a copy a day beside the database and erase what is past its time, as long as the site runs."""
    folder = Path(app.instance_path) / copies.FOLDER
    checked_on = None
    while True:
        today = dates.local(dates.now()).date()
        if today != checked_on:
            checked_on = today
            _look_at_database(app)
        try:
            copies.sweep(folder.parent)
            copies.daily(database_of(app), folder, today, app.config["DAILY_BACKUPS"])
        except Exception:
            app.logger.exception("the daily backup failed")
        _forget(app)
        time.sleep(3600)


def _forget(app: Flask) -> None:
    """Erase what is past its time; what cannot be erased now is erased in an hour."""
    try:
        with app.app_context(), writing():
            loads.forget_old()
            submitted.forget()
    except Exception:
        app.logger.exception("what is past its time was not erased")


def _look_at_database(app: Flask) -> None:
    """Tell a damage before it is copied; what cannot be looked at now is looked at tomorrow."""
    with app.app_context():
        try:
            if how := condition.of_site().check(database_of(app)):
                app.logger.error("the database is damaged: %s", how)
        except Exception:
            app.logger.exception("the database was not looked at")


@main.command(help="Создать вторую базу для показа, полную вымышленных данных.")
def demo() -> None:
    """Fill `instance/demo` once and print its accounts."""
    folder = config.instance_folder() / "demo"
    folder.mkdir(exist_ok=True)
    with site(folder) as app:
        if setup.prepare(Actor.system()):
            password_hash = accounts.hash_password(demo_operations.PASSWORD)
            with writing():
                demo_operations.fill(Actor.system("показ"), load(), password_hash)
            (folder / config.DEMO_MARK).touch()  # only what was filled here is known to be invented
        elif not config.is_demo(folder):
            raise NoSite(
                f"В папке {folder} лежит база, которую эта команда не заполняла. Если это прерванный "
                "показ, удалите папку и повторите; если настоящая база, перенесите её в другую папку."
            )
        click.echo(f"База для показа: {database_of(app)}. Все люди и события в ней вымышлены.")
        for account in demo_operations.accounts():
            click.echo(f"  {account.login:12} {ROLE_LABELS[account.role]}, {account.place}")
        click.echo(f"Пароль у всех: {demo_operations.PASSWORD}")


@main.group(help=user_commands.help)
@click.pass_context
def user(context: click.Context) -> None:
    """Give the commands of accounts the application's context."""
    context.with_resource(site())


for _command in user_commands.commands.values():
    user.add_command(_command)


@main.group(help=questionnaire_commands.help)
@click.pass_context
def questionnaires(context: click.Context) -> None:
    """Give the commands of questionnaires the application's context."""
    context.with_resource(site())


for _command in questionnaire_commands.commands.values():
    questionnaires.add_command(_command)


@main.command(help="Записать резервную копию в файл zip. Сайт можно не останавливать.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write one zip."""
    with site() as app:
        manifest = backups.write(database_of(app), file.resolve())
        click.echo(
            f"Копия записана: {file} (схема {manifest.schema}). Храните её на другой машине."
        )


@main.command(help="Восстановить базу из резервной копии. Сайт должен быть остановлен.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def restore(file: Path) -> None:
    """Try the backup out, put the old database aside and the new one in its place."""
    instance = config.instance_folder()
    with server.only_one(instance):
        manifest, aside = restoring.restore(file, instance)
        if config.is_demo(instance):
            (instance / config.DEMO_MARK).unlink()  # who stands in a copy, nobody knows
    click.echo(f"База восстановлена из копии от {manifest.made_at}.")
    if aside:
        click.echo(f"Прежняя база сохранена: {aside}")


@main.command(help="Стереть имена и тексты, срок хранения которых истёк. Отменить нельзя.")
@click.option("--dry-run", is_flag=True, help="Только показать, чьи карточки будут обезличены.")
def anonymise(dry_run: bool) -> None:
    """Do for every school what its page «Срок хранения истёк» does, then rewrite the file."""
    with site():
        found = [
            (
                school.id,
                school.name,
                sorted(each.who.number for each in due.due(school.id, dates.today())),
            )
            for school in due.schools()
        ]
        pause()  # what follows writes
        for school_id, name, numbers in found:
            if numbers:
                click.echo(f"{name}: № {', '.join(map(str, numbers))}")
            if not dry_run:
                with writing():
                    retention.anonymise_school(Actor.system(), school_id)
        if dry_run:
            click.echo("Ничего не изменено.")
        elif not compact():
            raise click.ClickException(
                "База занята: имена стёрты, но следы в её файле остались. Повторите."
            )
        else:
            click.echo(
                "Готово. В прежних резервных копиях имена остаются, пока их не заменят новые."
            )


@main.command(help="Проверить базу и настройки.")
@click.option("--mend", is_flag=True, help="Закрыть файлы сайта от других пользователей машины.")
def check(mend: bool) -> None:
    """Print what was checked; exit 1 when something is wrong."""
    with site() as app:
        if mend:
            _close_files(app)
        findings = checkup(app, database_of(app))
    for finding in findings:
        click.echo(f"{'  ' if finding.is_good else '! '}{finding.sentence}")
    sys.exit(0 if all(finding.is_good for finding in findings) else 1)
