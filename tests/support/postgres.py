"""Runs tests on a PostgreSQL of their own: a server started for them and stopped after them.

`python -m tests.support.postgres <what pytest takes>`. The server listens on a socket only, in a folder
that nobody else may enter, keeps nothing, and refuses to run as root: root lends it Debian's user.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support.databases import VARIABLE
from tests.support.tools import find

OWNER = "postgres"  # made by Debian's package; owns nothing but its databases
# what is written here is thrown away: nothing need reach the disk
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "listen_addresses": "",
    "max_connections": "50",
}


@contextmanager
def server() -> Iterator[str]:
    """Start a server; give the address that SQLAlchemy takes, without a database's name."""
    folder = Path(
        tempfile.mkdtemp(prefix="pg-", dir="/tmp")
    )  # a socket's path is at most 107 bytes
    try:
        _lend(folder)
        _run("initdb", "-D", folder / "data", "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-sync",
             "--no-instructions", "--locale=C.UTF-8")  # fmt: skip
        options = {**SETTINGS, "unix_socket_directories": str(folder)}
        settings = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        control = ("pg_ctl", "-D", folder / "data", "-w")
        _run(*control, "-l", folder / "log", "-o", settings, "start")
        try:
            yield f"postgresql+psycopg://{OWNER}@/?host={folder}"
        finally:
            _run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _lend(folder: Path) -> None:
    if os.geteuid() == 0:
        owner = pwd.getpwnam(OWNER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)


def _run(program: str, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's programs as somebody who is not root.

    Raises:
        FileNotFoundError: it is not installed.
        CalledProcessError: it failed; what it says is on standard error.
    """
    where = find(program)
    if where is None:
        raise FileNotFoundError(f"{program}: run `make test-tools`")
    lent = {"user": OWNER, "group": OWNER, "extra_groups": []} if os.geteuid() == 0 else {}
    subprocess.run([where, *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/", **lent)


def main(arguments: Sequence[str]) -> int:
    """Run pytest on a server; the return code is pytest's."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the server is stopped then, too
    with server() as address:
        command = [sys.executable, "-m", "pytest", *arguments]
        env = {**os.environ, VARIABLE: address}
        return subprocess.run(command, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
