"""security.md#s11: large bodies sent to a real site: how soon they are refused, what they cost,
what goes on beside."""

import io
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

import pytest
from openpyxl import Workbook

from nastav.accounts.routes import COOKIE
from tests.soak.ledger import school_of
from tests.soak.site import Site, Visitor, all_at_once, site_on

KB, MB = 2**10, 2**20
SCHOOL = 4  # of Борис
PLAIN = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=edge"
PART = b'--edge\r\nContent-Disposition: form-data; name="f"\r\n\r\n'
END = b"\r\n--edge--\r\n"


def multipart(size: int, piece: bytes) -> bytes:
    return PART + piece * (size // len(piece)) + END


def bodies(size: int) -> dict[str, tuple[bytes, str]]:
    return {
        "a&a&": (b"a&" * (size // 2), PLAIN),
        "%00": (b"a=" + b"%00" * (size // 3), PLAIN),
        "много частей": ((PART + b"\r\n") * (size // len(PART)) + END, PARTS),
        "переводы строк": (multipart(size, b"\r\n"), PARTS),
        "почти границы": (multipart(size, b"\r\n--edg"), PARTS),
        "без границы": (b"x" * size, PARTS),
        "один заголовок": (b"--edge\r\nA: " + b"x" * size, PARTS),
    }


def post(port: int, path: str, body: bytes, kind: str, cookie: str = "") -> tuple[int, float]:
    """Return the status, and the seconds between the last byte sent and the answer."""
    headers = {"Content-Type": kind, "Cookie": f"{COOKIE}={cookie}"}
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as client:
        client.request("POST", path, body, headers)
        sent = time.perf_counter()
        answer = client.getresponse()
        answer.read()
        return answer.status, time.perf_counter() - sent


def rss(pid: int, what: str = "VmRSS") -> int:
    """Return the memory of a process, MB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(what):
            return int(line.split()[1]) // KB
    raise LookupError(what)


@contextmanager
def watched(work: Callable[[], None]) -> Iterator[None]:
    """Repeat something until the block ends."""
    over = threading.Event()

    def repeat() -> None:
        while not over.wait(0.02):
            work()

    thread = threading.Thread(target=repeat)
    thread.start()
    yield
    over.set()
    thread.join()


@pytest.mark.soak
@pytest.mark.parametrize("size", [2 * MB - 100, 2 * MB + 1, 10 * MB, 11 * MB, 40 * MB])
def test_form_bombs(instance: Path, size: int) -> None:
    site = site_on(instance)
    school = school_of(site, "boris")
    files = f"/schools/{school}/mentees/import"
    with site.running() as process:
        for path in ("/login", "/a/AAAA-BBBB-CCCC", f"/schools/{school}/mentees/new", files):
            for name, (body, kind) in bodies(size).items():
                post(site.port, path, body, kind)
                before, peak, answers = rss(process.pid), [0], list[tuple[int, float]]()
                send = partial(
                    lambda *a, answers_of=answers: answers_of.append(post(*a)),
                    site.port,
                    path,
                    body,
                    kind,
                )
                with watched(partial(lambda seen: seen.append(rss(process.pid)), peak)):
                    all_at_once([send] * 4)
                statuses, slowest = (
                    sorted({answer[0] for answer in answers}),
                    max(answer[1] for answer in answers),
                )
                grown = max(peak) - before
                print(
                    f"\nS11: {path.replace(str(school), 'N')}, {size / MB:.1f} МБ «{name}», четыре "
                    f"сразу: ответ {statuses} через {slowest:.2f} с, память +{grown} МБ",
                    end="",
                )
                assert grown < 100
                assert not set(statuses) & {500, 503}


def sent_at_once(site: Site, name: str, posts: list[tuple[str, bytes, str]]) -> list[int]:
    """Send (session, body, kind) all at once, print how long `/healthz` took meanwhile; the answers."""
    slowest, answers = [0.0], list[int]()
    path = f"/schools/{SCHOOL}/mentees/import"

    def ask() -> None:
        begun = time.perf_counter()
        assert Visitor(site.port, "").get("/healthz").status == 200
        slowest.append(time.perf_counter() - begun)

    def send(cookie: str, body: bytes, kind: str) -> None:
        answers.append(post(site.port, path, body, kind, cookie)[0])

    with watched(ask):
        all_at_once([partial(send, *post) for post in posts])
    print(
        f"\nS11: {len(posts)} × «{name}» сразу: ответы {sorted(answers)}, "
        f"/healthz не дольше {max(slowest):.2f} с",
        end="",
    )
    assert max(slowest) < 0.5
    return answers


@pytest.mark.soak
def test_health_beside_eight_bombs(instance: Path) -> None:
    site = site_on(instance)
    assert school_of(site, "boris") == SCHOOL
    visitors = site.visitors("boris", 8)
    with site.running():
        for size in (2 * MB - 200, 11 * MB):
            for name, (body, kind) in bodies(size).items():
                posts = [(visitor.cookie, body, kind) for visitor in visitors]
                statuses = sent_at_once(site, f"{name}, {size / MB:.1f} МБ", posts)
                assert set(statuses) <= {400, 413}


@pytest.mark.soak
def test_health_beside_eight_workbooks(instance: Path) -> None:
    site = site_on(instance)
    visitors = site.visitors("boris", 8)
    with site.running():
        warm, *_ = [
            (visitor.cookie, workbook_form(visitor.token(), b"none"), PARTS) for visitor in visitors
        ]
        sent_at_once(site, "не книга, один раз", [warm])  # its page is compiled
        book = slow_workbook()
        posts = [
            (visitor.cookie, workbook_form(visitor.token(), book), PARTS) for visitor in visitors
        ]
        statuses = sent_at_once(site, "книга", posts)
        assert set(statuses) == {422}


def workbook_form(token: str, book: bytes) -> bytes:
    """Return the form of a load with a workbook."""
    fields = {"csrf_token": token, "joined": "01.09.2020"}
    text = b"".join(
        b'--edge\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        % (name.encode(), value.encode())
        for name, value in fields.items()
    )
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
    return text + head + book + END


def slow_workbook() -> bytes:
    """Return a book of 18 MB of empty rows, packed no tighter than is taken: it is read for seconds."""
    book, made, packed = Workbook(), io.BytesIO(), io.BytesIO()
    book.worksheets[0].append(["Фамилия"])
    book.save(made)
    rows = "".join(f'<row r="{n}" ht="{n * 7919 % 9973}"/>' for n in range(2, 550_000))
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                content = content.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
            new.writestr(entry.filename, content)
    return packed.getvalue()
