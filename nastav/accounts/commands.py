"""`nastav user …`: accounts from the server's command line. Called inside an application context."""

import sys
from datetime import datetime
from typing import Any

import click

from nastav import dates, ru
from nastav.access import SCHOOL_ROLES, Actor, Role
from nastav.accounts import operations, passwords, queries
from nastav.accounts.models import User
from nastav.accounts.operations import NewUser
from nastav.db import pause, writing
from nastav.district import queries as districts
from nastav.district.models import District, School
from nastav.refusals import NotAllowed

ONE_TIME = "Одноразовый пароль (показан один раз, при первом входе его попросят сменить): "
LONGEST_NAME = 200  # characters
ROLES = click.Choice([role.value for role in Role])

user_commands = click.Group("user", help="Учётные записи: добавить, показать, сбросить, отключить.")


@user_commands.command("add")
@click.argument("login")
@click.option("--role", type=ROLES, required=True, help="Роль.")
@click.option("--school", "school_name", help="Школа куратора или директора, например «СОШ №5».")
@click.option("--name", default="", help="Фамилия, имя, отчество.")
@click.option("--district", "district_name", help="Район, если их в базе несколько.")
@click.option("--password-stdin", is_flag=True, help="Взять пароль из первой строки ввода.")
def add(
    login: str,
    role: str,
    school_name: str | None,
    name: str,
    district_name: str | None,
    password_stdin: bool,
) -> None:
    """Добавить учётную запись."""
    _refuse_if(ru.too_long(len(name), LONGEST_NAME) if len(name) > LONGEST_NAME else None)
    district = _district(district_name)
    school = _school(district, school_name, Role(role))
    typed = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    if typed is not None:
        words = queries.place_words(district, school)
        _refuse_if(passwords.weakness(typed, [login, name, *words]))
    password = typed or passwords.generate()
    new = NewUser(
        login, Role(role), passwords.hash_password(password), school, name, must_change=not typed
    )
    user = _written(lambda: operations.add_user(Actor.system(), district.id, new))
    click.echo(f"Учётная запись {user.login} добавлена.")
    if not typed:
        click.echo(ONE_TIME + password)


@user_commands.command("list")
def show() -> None:
    """Показать все учётные записи."""
    for district in districts.districts():
        click.echo(district.name)
        for line in queries.users(district.id):
            state = "" if line.is_active else "отключена"
            place = line.school or "район"
            seen = _moment(line.seen_at)
            click.echo(
                f"  {line.login:<20} {line.role_label:<26} {place:<12} {seen} {state}".rstrip()
            )


@user_commands.command("reset")
@click.argument("login")
def reset(login: str) -> None:
    """Выдать новый одноразовый пароль и завершить все сеансы."""
    user = _user(login)
    password = passwords.generate()
    password_hash = passwords.hash_password(password)
    _written(
        lambda: operations.set_password(
            Actor.system(), _user(user.login), password_hash, must_change=True
        )
    )
    click.echo(f"Сеансы учётной записи {user.login} завершены.")
    click.echo(ONE_TIME + password)


@user_commands.command("disable")
@click.argument("login")
def disable(login: str) -> None:
    """Отключить учётную запись и завершить все её сеансы."""
    _written(lambda: operations.disable(Actor.system(), _user(login)))
    click.echo(f"Учётная запись {login} отключена.")


@user_commands.command("enable")
@click.argument("login")
def enable(login: str) -> None:
    """Включить отключённую учётную запись."""
    _written(lambda: operations.enable(Actor.system(), _user(login)))
    click.echo(f"Учётная запись {login} снова действует.")


def _written(write: Any) -> Any:
    """Run a change in one transaction; what the rules forbid becomes the command's error."""
    pause()  # what was read until now was read only
    try:
        with writing():
            return write()
    except NotAllowed as refusal:
        raise click.ClickException(str(refusal)) from None


def _refuse_if(sentence: str | None) -> None:
    if sentence:
        raise click.ClickException(sentence)


def _user(login: str) -> User:
    user = queries.user_by_login(login)
    if user is None:
        raise click.ClickException(
            f"Нет учётной записи «{login}». Список показывает команда: nastav user list"
        )
    return user


def _district(name: str | None) -> District:
    found = districts.districts()
    if not found:
        raise click.ClickException("База пуста. Сначала загрузите приказ командой: nastav init")
    chosen = [district for district in found if name is None or district.name == name]
    if len(chosen) != 1:
        names = "; ".join(district.name for district in found)
        raise click.ClickException(f"Укажите район: --district. В базе есть: {names}.")
    return chosen[0]


def _school(district: District, name: str | None, role: Role) -> School | None:
    schools = districts.schools(district.id)
    names = ", ".join(f"«{school.name}»" for school in schools)
    if name is None:
        if role in SCHOOL_ROLES:
            raise click.ClickException(f"Укажите школу: --school. В районе есть: {names}.")
        return None
    wanted = "".join(name.split()).casefold()
    for school in schools:
        if "".join(school.name.split()).casefold() == wanted:
            return school
    raise click.ClickException(f"Нет школы «{name}». В районе есть: {names}.")


def _moment(at: datetime | None) -> str:
    return ru.moment(at, dates.zone()) if at else "ещё не входил"
