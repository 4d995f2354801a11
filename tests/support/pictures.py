"""The pictures of the pages in README and the help, taken from the demo: `make pictures`.

The demo lives on a fixed day in a folder of its own, so the same pages give the same pictures, but for
a dotted line, which Chromium draws in two ways. Those the help shows lie in `static/help`, the others
in `docs/images`.
"""

import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from nastav import config
from nastav.accounts.routes import COOKIE
from nastav.app import create_app
from tests.support import tools
from tests.support.demo import make_demo, session_of
from tests.support.imports import ROOT
from tests.support.served import served

DAY = "2020-12-09"  # a day before stage III is due
COLOURS = 96  # of 2,000: letters lose some of their greys, the weight two thirds
HELP, DOCS = Path("static/help"), Path("docs/images")
SCHOOL, DISTRICT = (1100, 720), (1366, 696)  # CSS pixels
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

ROWS = """ФИО\tКласс\tКатегория участника\tДата вхождения
Иванов Пётр Олегович\t7А\tобучающийся\t01.12.2020
Ким Анна\t12\tобучающийся\t01.12.2020
Соколова Вера Ильинична\t8Б\tобучающийся\t31.11.2020
Орлов Глеб Андреевич\t5В\tобучающийся\t02.12.2020
Белова Дарья Сергеевна\t6А\tобучающийся\t02.12.2020
Зимин Лев Павлович\t9Б\tобучающийся\t02.12.2020
"""


def _table_checked(page: Page) -> None:
    page.get_by_label("Таблица из Excel").fill(ROWS)
    page.get_by_role("button", name="Проверить строки").click()
    page.locator("#load-summary").wait_for()


def _as_opened(page: Page) -> None:
    pass


@dataclass(frozen=True)
class Picture:
    """A page as its reader sees it on opening it; `made` is what is done there before."""

    name: str
    role: str  # of `tests.support.demo.LOGINS`
    path: str
    folder: Path = HELP
    size: tuple[int, int] = SCHOOL
    made: Callable[[Page], None] = _as_opened

    @property
    def file(self) -> Path:
        """Return its path from the root of the repository."""
        return self.folder / f"{self.name}.png"


PICTURES = (
    Picture("week", "curator", "/schools/4?cycle=2020"),
    Picture("check", "curator", "/schools/4/mentees/import", size=(1366, 900), made=_table_checked),
    Picture("pair", "curator", "/schools/4/2020/pairs/21"),
    Picture("stage", "curator", "/schools/4/2020/stages/3", size=(1100, 560)),
    Picture("matrix", "coordinator", "/districts/1/2020/stages", DOCS, DISTRICT),
    Picture("coverage", "coordinator", "/districts/1/coverage/2020", DOCS, DISTRICT),
)


def take_all() -> None:
    """Take every picture anew over the old one."""
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        make_demo(instance, DAY)
        (instance / config.DEMO_MARK).touch()  # the pages say that everybody is invented
        app = create_app(instance, TODAY=DAY)
        with served(app) as port, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=tools.find(tools.BROWSER), args=QUIET)
            address = f"http://127.0.0.1:{port}"
            for picture in PICTURES:
                width, height = picture.size
                context = browser.new_context(
                    base_url=address,
                    viewport={"width": width, "height": height},
                    locale="ru-RU",
                    timezone_id="Europe/Moscow",
                )
                token = session_of(app, picture.role)
                context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
                page = context.new_page()
                answer = page.goto(picture.path)
                assert answer is not None
                assert answer.ok, picture.path
                picture.made(page)
                page.wait_for_load_state("networkidle")  # the icons come after the page
                write(page.screenshot(animations="disabled"), ROOT / picture.file)
                context.close()


def write(screen: bytes, file: Path) -> None:
    """Write a screenshot with few colours."""
    file.parent.mkdir(exist_ok=True)
    with Image.open(io.BytesIO(screen)) as shot:
        few = shot.convert("RGB").quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=0)
        few.save(file, optimize=True)


if __name__ == "__main__":
    take_all()
