"""Installs what tests need from the system, or says exactly what to install.

Run by `make test` before the tests: Chromium, fonts with Cyrillic, LibreOffice with Writer, Poppler,
nginx, Caddy, PostgreSQL; by `make bench`, with `bench` after it: wrk and strace.
Never a download of a browser: the packages are Debian's.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BROWSER = "chromium-headless-shell"  # Chromium without its window: half of a page's time
# program → Debian's packages
PROGRAMS = {
    BROWSER: (BROWSER, "fonts-dejavu-core"),
    "soffice": ("libreoffice-calc-nogui",),
    "pdftoppm": ("poppler-utils",),
    "nginx": ("nginx-light",),
    "caddy": ("caddy",),
    "initdb": ("postgresql",),
}
OF_BENCH = {"wrk": ("wrk",), "strace": ("strace",)}
# what no program shows: file → Debian's package. Calc alone opens no document of Word, and a paper in
# another font than Times's twin has other pages
FILES = {
    "/usr/lib/libreoffice/program/libswlo.so": "libreoffice-writer-nogui",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf": "fonts-liberation",
}
# Debian starts a server once it is installed, unless this file says no; here tests start them
POLICY = Path("/usr/sbin/policy-rc.d")
POSTGRES = Path("/usr/lib/postgresql")  # Debian's: a folder for each version


def find(program: str) -> str | None:
    """Return where a program is; servers stand where an ordinary user's PATH does not lead."""
    versions = sorted(POSTGRES.glob("*/bin"), key=lambda each: float(each.parent.name))
    aside = ["/usr/sbin", "/sbin", *(str(each) for each in reversed(versions))]
    return shutil.which(program, path=":".join([os.environ.get("PATH", ""), *aside]))


def missing(*, of_bench: bool = False) -> list[str]:
    """Return the packages whose program is not there: of the tests, or of the bench."""
    programs = OF_BENCH if of_bench else PROGRAMS
    lacking = [packages for program, packages in programs.items() if not find(program)]
    wanted = {} if of_bench else FILES
    files = [package for path, package in wanted.items() if not Path(path).exists()]
    return [*(package for packages in lacking for package in packages), *files]


def privileged() -> list[str] | None:
    """Return how to become root without a question, or None."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], check=False).returncode == 0:
        return ["sudo", "-n"]
    return None


@contextmanager
def no_server_started(root: list[str]) -> Iterator[None]:
    """Keep what is installed in the block from starting to listen on this machine."""
    if POLICY.exists():
        yield
        return
    subprocess.run(
        [*root, "tee", POLICY], input=b"#!/bin/sh\nexit 101\n", check=True, capture_output=True
    )
    subprocess.run([*root, "chmod", "755", POLICY], check=True)
    try:
        yield
    finally:
        subprocess.run([*root, "rm", POLICY], check=True)


def main() -> int:
    of_bench = sys.argv[1:] == ["bench"]
    packages = missing(of_bench=of_bench)
    if not packages:
        return 0
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    root = privileged()
    if root is None or not shutil.which("apt-get"):
        print("Не хватает программ. Поставьте и повторите:", file=sys.stderr)
        print("  sudo apt-get update && sudo " + " ".join(command), file=sys.stderr)
        return 1
    print("Ставлю из Debian: " + " ".join(packages))
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with no_server_started(root):
        for step in (["apt-get", "update", "-qq"], [*command[:2], "-qq", *command[2:]]):
            subprocess.run([*root, *step], check=True, env=env, stdout=subprocess.DEVNULL)
    return 1 if missing(of_bench=of_bench) else 0


if __name__ == "__main__":
    sys.exit(main())
