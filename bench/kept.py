"""`python -m bench.kept`: what kept answers bring, beside a bare Flask page on the same server.

Each page is asked by `wrk` (a program of its own: a client in Python would be the slower side), in turns
with the bare page: kept, made anew each time, and kept beside five saves a second. Then a day of thirty
people is replayed in one process, each with an own sign-in, with kept answers and without: the share of
hits and the latency. Goals: 0.8 kept, 0.4 beside saves, 40 % of hits.
"""

import argparse
import http.client
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from bench.fill import TODAY, fill
from bench.load import Page, measure
from bench.serve import served
from nastav.access import Role
from nastav.accounts import operations as accounts
from nastav.accounts.models import User
from nastav.accounts.routes import COOKIE
from nastav.app import create_app
from nastav.db import db, writing
from nastav.stages.models import SchoolStage, Stage, StageState

PAGES = (  # name, address, who asks
    ("сводка по этапам", "/districts/1/2020/stages", "coordinator"),
    ("охват и план", "/districts/1/coverage/2020", "coordinator"),
    ("этап школы", "/schools/1/2020/stages/1", "curator"),
    # a file is never kept, but what it counts is recalled (`recall`)
    ("книга «Охват»", "/districts/1/exports/coverage-2020.xlsx", "coordinator"),
)
SAVES = 5  # a second
SAVE = "/schools/1/2020/stages/1/activities/2/edit"
FOUR = 4  # connections
EDIT = "/schools/{s}/2020/stages/1/activities/2/edit"
# what a visit opens one after another; «!» is a form opened and saved where it stands, its page stays
CURATOR = (
    "/schools/{s}",
    "/schools/{s}/2020/stages",
    "/schools/{s}/2020/stages/1",
    f"!{EDIT}",
    "/schools/{s}/2020/stages/2",
    "/schools/{s}/2020/stages",
    "/schools/{s}",
    "/schools/{s}/mentees",
    "/schools/{s}/mentors",
    "/schools/{s}/mentees",
    "/schools/{s}/2020/pairs",
    "/schools/{s}/2020/meetings",
    "/schools/{s}/2020/pairs",
    "/schools/{s}/2020/stages/1",
    f"!{EDIT}",
    "/schools/{s}",
)
HEAD = (
    "/schools/{s}",
    "/schools/{s}/2020/stages",
    "/schools/{s}/2020/stages/1",
    "/schools/{s}/2020/stages",
    "/schools/{s}/coverage/2020",
    "/schools/{s}",
)
DISTRICT = (
    "/districts/1/2020/stages",
    "/schools/{s}",
    "/schools/{s}/2020/stages/1",
    "/districts/1/2020/stages",
    "/districts/1/coverage/2020",
    "/districts/1/2020/stages",
    "/districts/1/execution",
    "/districts/1/2020/stages",
)
VISITS = {  # of a day
    Role.CURATOR: (3, CURATOR),
    Role.HEAD: (2, HEAD),
    Role.COORDINATOR: (4, DISTRICT),
    Role.OBSERVER: (3, DISTRICT),
}
PEOPLE = 30


def saved(connection: http.client.HTTPConnection, token: str, turn: int) -> int:
    """Open the form of an activity and save it, as a person does; return the status of the answer."""
    headers = {"Cookie": f"{COOKIE}={token}", "HX-Request": "true"}
    connection.request("GET", SAVE, headers=headers)
    page = connection.getresponse().read().decode()
    found = re.findall(r'name="(csrf_token|once_token|version)"[^>]* value="([^"]*)"', page)
    fields = {**dict(found), "status": "in_progress", "done_on": "", "responsible": "Завуч"}
    body = urlencode({**fields, "comment": f"запись {turn}"})
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", SAVE, body, {**headers, **kind})
    answer = connection.getresponse()
    answer.read()
    return answer.status


@contextmanager
def saves(port: int, token: str) -> Iterator[list[int]]:
    """Save five times a second in the block; give a list that gets the status of each."""
    stop, done = threading.Event(), list[int]()

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while not stop.wait(max(0.0, 1 / SAVES - work.took)):  # type: ignore[attr-defined]
            begun = time.perf_counter()
            done.append(saved(connection, token, len(done)))
            work.took = time.perf_counter() - begun  # type: ignore[attr-defined]

    work.took = 0.0  # type: ignore[attr-defined]
    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield done
    finally:
        stop.set()
        thread.join()


def shares(folder: Path, tokens: dict[str, str], seconds: int, rounds: int) -> None:
    """Print each page as a share of the bare one: kept, made anew, kept beside saves."""
    with ExitStack() as stack:
        bare = stack.enter_context(served())
        site = stack.enter_context(served(str(folder), TODAY, NASTAV_KEPT_ANSWERS_MB="64"))
        anew = stack.enter_context(served(str(folder), TODAY))
        print("к пустой странице        хранится    заново  при 5 сохранениях/с")
        for name, path, who in PAGES:
            found: tuple[list[float], ...] = ([], [], [])
            token, saved = tokens[who], 0
            for _ in range(rounds):
                plain = measure(bare, Page("/"), seconds, FOUR).rate
                page = Page(path, token)
                found[0].append(measure(site, page, seconds, FOUR).rate / plain)
                found[1].append(measure(anew, page, seconds, FOUR).rate / plain)
                with saves(site.port, tokens["curator"]) as done:
                    found[2].append(measure(site, page, seconds, FOUR).rate / plain)
                saved += len(done)
            kept, made, beside = map(median, found)
            rate = saved / (rounds * seconds)
            print(
                f"{name:24} {kept:8.2f} {made:9.3f} {beside:9.2f} (сохранено {rate:.1f}/с)",
                flush=True,
            )


# --- a day ----------------------------------------------------------------------------------------


@dataclass
class Person:
    """Who takes part in the day: a client of an own sign-in, and what is left to do."""

    client: FlaskClient
    school: int
    visits: list[tuple[str, ...]]
    doing: list[str] = field(default_factory=list)


def wanted() -> list[User]:
    """Return the first district's own people, a curator and a head of each school: thirty in all."""
    rows = select(User).where(User.district_id == 1).order_by(User.id)
    users = [user for user in db.session.scalars(rows) if user.is_active]
    curators = {user.school_id: user for user in users if user.role is Role.CURATOR}
    own = [user for user in users if user.school_id is None]
    heads = [
        User(login=f"day-{key}", password_hash="!", role=Role.HEAD, district_id=1, school_id=key)
        for key in curators
    ]
    db.session.add_all(heads)
    db.session.flush()
    return [*own, *own, *curators.values(), *heads][:PEOPLE]


def people(app: Flask, schools: int) -> list[Person]:
    """Open the first stage in every school; sign everybody in."""
    with app.app_context(), writing():
        stage = select(Stage.id).filter_by(cycle_id=1, ordinal=1).scalar_subquery()
        rows = update(SchoolStage).where(SchoolStage.stage_id == stage)
        db.session.execute(rows.values(state=StageState.IN_PROGRESS))
        found = []
        for number, user in enumerate(wanted()):
            times, visit = VISITS[user.role]
            client = app.test_client()
            client.set_cookie(COOKIE, accounts.open_sign_in(user))
            school = user.school_id or number % schools + 1
            found.append(Person(client, school, [visit] * times))
    return found


def steps(everybody: list[Person], chance: Random) -> Iterator[tuple[Person, str]]:
    """Yield who opens what next; about four are at it at once."""
    busy: list[Person] = []
    while True:
        idle = [each for each in everybody if each.visits and each not in busy]
        while idle and len(busy) < 4:
            begun = idle.pop(chance.randrange(len(idle)))
            begun.doing = list(begun.visits.pop())
            busy.append(begun)
        if not busy:
            return
        person = chance.choice(busy)
        yield person, person.doing.pop(0).format(s=person.school)
        if not person.doing:
            busy.remove(person)


def save(client: FlaskClient, path: str, number: int) -> int:
    """Open a form in its page and save it; return the status."""
    headers = {"HX-Request": "true"}
    page = client.get(path, headers=headers).get_data(as_text=True)
    named = re.findall(r'name="(csrf_token|once_token|version)"[^>]* value="([^"]*)"', page)
    said = {
        "status": "in_progress",
        "done_on": "",
        "responsible": "",
        "comment": f"запись {number}",
    }
    return client.post(path, data={**dict(named), **said}, headers=headers).status_code


def day(folder: Path, schools: int, megabytes: int) -> None:
    """Replay the day and print the share of hits and the latency of pages."""
    app = create_app(folder, TODAY=TODAY, KEPT_ANSWERS_MB=megabytes)
    times, saved = [], 0
    for number, (person, path) in enumerate(steps(people(app, schools), Random("a day"))):
        if path.startswith("!"):
            saved += save(person.client, path[1:], number) < 400
            continue
        begun = time.perf_counter()
        answer = person.client.get(path)
        answer.get_data()
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status} {answer.location}")
    times.sort()
    shelf = getattr(app.extensions.get("kept"), "shelf", None)
    hits = f"{shelf.hits / len(times):.0%}" if shelf else "нет"
    p50, p95 = (times[int(len(times) * share)] for share in (0.5, 0.95))
    mean = sum(times) / len(times)
    print(
        f"{megabytes:5} МБ: попаданий {hits:>4}, страниц {len(times)}, сохранений {saved},", end=" "
    )
    print(f"среднее {mean:.1f} мс, медиана {p50:.1f}, p95 {p95:.1f}", flush=True)
    with app.app_context():
        db.engine.dispose()


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="bench.kept")
    parser.add_argument("--schools", type=int, default=13)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "site")
        folder.mkdir()
        found = fill(folder, asked.schools)
        tokens = dict(zip(("coordinator", "curator"), found, strict=True))
        print("день тридцати человек")
        for megabytes in (64, 0):
            copy = Path(place, f"day{megabytes}")
            shutil.copytree(folder, copy)
            day(copy, asked.schools, megabytes)
        if shutil.which("wrk"):
            shares(folder, tokens, asked.seconds, asked.rounds)
        else:
            print("Доли не измерены: нужна программа wrk (apt install wrk).")


if __name__ == "__main__":
    main()
