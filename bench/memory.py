"""`python -m bench.memory`: what the server of the demo holds after twenty sign-ins and a thousand pages.

Prints the megabytes of its process (Linux) after each step.
"""

import http.client
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from nastav.config import ROOT
from nastav.demo.operations import PASSWORD
from tests.support.process import free_port, nastav_run, wait_for

SIGN_INS, PAGES, CLIENTS = 20, 1000, 4
LOGINS = ("coordinator", "observer", "head5", *(f"school{number}" for number in range(4, 14)))
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FIELD = re.compile(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"')
LINK = re.compile(r'href="(/[^"#]*)"')


def held(pid: int) -> int:
    """Return the megabytes a process holds."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    return int(found[1]) // 1024 if found else 0


def ask(
    port: int, path: str, cookies: dict[str, str], form: dict[str, str] | None = None
) -> tuple[str, str]:
    """Send one request, keep its cookies; return the body and where it leads."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    own = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    if form is None:
        connection.request("GET", path, headers=own)
    else:
        connection.request("POST", path, urlencode(form), {**own, **FORM})
    answer = connection.getresponse()
    body = answer.read().decode(errors="replace")
    for name, value in answer.getheaders():
        if name.lower() == "set-cookie":
            key, _, kept = value.partition(";")[0].partition("=")
            cookies[key] = kept
    connection.close()
    return body, answer.getheader("Location") or ""


def signed_in(port: int, login: str) -> tuple[dict[str, str], list[str]]:
    """Sign in; return the cookies, and what the first page leads to.

    Raises:
        RuntimeError: the site did not let them in.
    """
    cookies: dict[str, str] = {}
    fields = dict(FIELD.findall(ask(port, "/login", cookies)[0]))
    body, place = ask(port, "/login", cookies, {**fields, "login": login, "password": PASSWORD})
    if not place:
        raise RuntimeError(f"{login} was not let in: {body[:300]}")
    first = ask(port, place, cookies)
    pages = LINK.findall(first[0] or ask(port, first[1], cookies)[0])
    return cookies, [page.replace("&amp;", "&") for page in pages if "/static/" not in page]


def main() -> None:
    """Fill, serve, sign in, ask."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(CLIENTS) as clients:
        settings = {**os.environ, "NASTAV_INSTANCE": folder, "NASTAV_TODAY": "2020-12-09"}
        command = [sys.executable, "-m", "nastav", "demo"]
        subprocess.run(command, cwd=ROOT, env=settings, check=True, stdout=subprocess.DEVNULL)
        port = free_port()
        with nastav_run(Path(folder) / "demo", port, subprocess.DEVNULL) as server:
            wait_for(port)
            print(f"после запуска {held(server.pid):20} МБ")
            logins = [LOGINS[turn % len(LOGINS)] for turn in range(SIGN_INS)]
            people = list(clients.map(partial(signed_in, port), logins))
            print(f"после {SIGN_INS} входов {held(server.pid):20} МБ")
            asked = [(page, cookies) for cookies, pages in people for page in pages]
            turns = [asked[turn % len(asked)] for turn in range(PAGES)]
            list(clients.map(lambda turn: ask(port, *turn), turns))
            print(f"после {PAGES} страниц {held(server.pid):18} МБ")


if __name__ == "__main__":
    main()
