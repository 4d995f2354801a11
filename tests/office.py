"""LibreOffice for tests: recalculates workbooks and prints them, many in one call.

A test that uses it is marked `office` and `xdist_group("office")`. Where a tool is missing the test
fails with what to install: a skipped test would pass for a good workbook.
"""

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

PACKAGES = "libreoffice-calc-nogui libreoffice-writer-nogui fonts-liberation poppler-utils"
INSTALL = f"apt-get install -y {PACKAGES}"
# Without it LibreOffice may believe the stored results, and a wrong formula would look right.
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


def recalculate(paths: Sequence[Path], out: Path) -> dict[Path, Path]:
    """Open each workbook in LibreOffice, count all formulas anew, save under `out`."""
    return _convert(paths, out, "xlsx")


def to_pdf(paths: Sequence[Path], out: Path) -> dict[Path, Path]:
    """Print each workbook to a PDF file under `out`."""
    return _convert(paths, out, "pdf")


def to_docx(paths: Sequence[Path], out: Path) -> dict[Path, Path]:
    """Open each document in LibreOffice and save it as a .docx of its own under `out`."""
    return _convert(paths, out, "docx")


def pdf_pages(path: Path) -> list[tuple[int, int]]:
    """Return the width and height of each page in whole points (A4 landscape: 842, 595)."""
    shown = _run("pdfinfo", "-f", "1", "-l", "9999", str(path))
    sizes = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", shown)
    return [(round(float(width)), round(float(height))) for width, height in sizes]


def pdf_text(path: Path) -> list[str]:
    """Return the text of each page."""
    return _run("pdftotext", "-layout", str(path), "-").split("\f")[:-1]


def pdf_png(path: Path, out: Path, dpi: int = 90) -> list[Path]:
    """Draw each page as a picture under `out`, to be looked at."""
    out.mkdir(parents=True, exist_ok=True)
    _run("pdftoppm", "-r", str(dpi), "-png", str(path), str(out / path.stem))
    return sorted(out.glob(f"{path.stem}-*.png"))


def wrong_results(stored: Path, recalculated: Path) -> list[str]:
    """Return the formulas whose stored result is not what LibreOffice counts; fails if none."""
    formulas = load_workbook(stored)
    ours = load_workbook(stored, data_only=True)
    theirs = load_workbook(recalculated, data_only=True)
    places = [
        (sheet.title, cell.coordinate, str(cell.value))
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert places, f"{stored.name} holds no formula at all"
    found = (
        (*place, ours[place[0]][place[1]].value, theirs[place[0]][place[1]].value)
        for place in places
    )
    return [f"{s}!{at} {f}: {a!r}, counted {b!r}" for s, at, f, a, b in found if not _same(a, b)]


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return ours == pytest.approx(theirs)
    return type(ours) is type(theirs) and ours == theirs


def _convert(paths: Sequence[Path], out: Path, kind: str) -> dict[Path, Path]:
    assert len({path.stem for path in paths}) == len(paths) > 0, "files need names of their own"
    profile = out / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    own = f"-env:UserInstallation={profile.resolve().as_uri()}"
    target = out / kind
    files = [str(path) for path in paths]
    _run("soffice", "--headless", own, "--convert-to", kind, "--outdir", str(target), *files)
    made = {path: target / f"{path.stem}.{kind}" for path in paths}
    absent = [path.name for path, result in made.items() if not result.exists()]
    assert not absent, f"LibreOffice could not open {absent}"
    return made


def _run(program: str, *arguments: str) -> str:
    if shutil.which(program) is None:
        pytest.fail(f"{program} is needed for this test. Install it: {INSTALL}", pytrace=False)
    done = subprocess.run(
        [program, *arguments], capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, f"{program}: {done.stderr}"
    return done.stdout
