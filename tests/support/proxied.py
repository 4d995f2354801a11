"""The shipped nginx and Caddy files before a real site, and browsers on addresses of their own.

Only ports and paths of the files are changed; everything listens on 127.0.0.1.
"""

import os
import re
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bs4 import BeautifulSoup

from nastav.config import ROOT
from tests.support.pages import form_values
from tests.support.process import (
    connect_from,
    free_port,
    is_open,
    nastav_run,
    wait_until,
)
from tests.support.tools import find

NAME = "nastav.example"  # of the site in the shipped files
SETTINGS = {
    "NASTAV_TRUSTED_PROXIES": "127.0.0.1",
    "NASTAV_TRUSTED_HOSTS": f'["{NAME}"]',
    "NASTAV_SECURE_COOKIES": "true",
}
CADDY = """{{
    admin off
    auto_https disable_redirects
    skip_install_trust
    storage file_system {folder}/storage
}}
"""
NGINX = """pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{shipped}
}}
"""


def _changed(shipped: str, changes: dict[str, str]) -> str:
    """Return a shipped file with ports and paths of this test."""
    text = (ROOT / "deploy" / shipped).read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, f"{shipped} has no {old!r}"
        text = text.replace(old, new)
    return text


def _nginx(folder: Path, port: int, behind: int) -> list[str]:
    key, certificate = folder / "key", folder / "certificate"
    made = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=nastav.example".split()
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    changes = {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "/etc/ssl/nastav.crt": str(certificate),
        "/etc/ssl/nastav.key": str(key),
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
    }
    conf = folder / "nginx.conf"
    conf.write_text(NGINX.format(folder=folder, shipped=_changed("nginx.conf", changes)))
    start = ["-e", f"{folder}/error.log", "-g", "daemon off; master_process off;"]
    return [find("nginx") or "nginx", "-p", str(folder), "-c", str(conf), *start]


def _caddy(folder: Path, port: int, behind: int) -> list[str]:
    changes = {
        f"{NAME} {{": f"{NAME}:{port} {{\n    bind 127.0.0.1",
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
    }
    conf = folder / "Caddyfile"
    conf.write_text(CADDY.format(folder=folder) + _changed("Caddyfile", changes))
    return [find("caddy") or "caddy", "run", "--config", str(conf), "--adapter", "caddyfile"]


PROXIES = {"nginx": _nginx, "caddy": _caddy}


@contextmanager
def site_behind(proxy: str, instance: Path, folder: Path) -> Iterator[int]:
    """Run the site behind nginx or Caddy until the block ends; the port of the proxy."""
    port, behind = free_port(), free_port()
    command = PROXIES[proxy](folder, port, behind)
    env = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (
        nastav_run(instance, behind, subprocess.DEVNULL, **SETTINGS),
        (folder / "said").open("wb") as said,
        subprocess.Popen(command, env=env, stdout=said, stderr=said) as process,
    ):
        try:
            up = f"{proxy} or the site did not come up: {folder}/said"
            wait_until(lambda: is_open(port) and is_open(behind), up)
            yield port
        finally:
            process.terminate()


class Browser:
    """Somebody at an address of the loopback network who fills in forms and keeps cookies."""

    def __init__(self, port: int, address: str, **headers: str) -> None:
        self.cookies: dict[str, str] = {}
        self._port, self._address, self._headers = port, address, headers
        self._context = ssl.create_default_context()
        self._context.check_hostname = False
        self._context.verify_mode = ssl.CERT_NONE  # a certificate made for this test

    def sign_in(self, login: str, password: str) -> int:
        """Fill in the form of sign-in and return the status."""
        status, page = self.ask("GET", "/login")
        form = BeautifulSoup(page, "html.parser").select_one("main form")
        if form is None:
            return status
        return self.ask(
            "POST", "/login", {**form_values(form), "login": login, "password": password}
        )[0]

    def ask(self, method: str, path: str, form: dict[str, Any] | None = None) -> tuple[int, str]:
        """Return status and text of an answer."""
        host = f"{NAME}:{self._port}"
        headers = {"Host": host, "Origin": f"https://{host}", **self._headers}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(HTTPConnection("127.0.0.1", self._port)) as connection:
            plain = connect_from(self._address, self._port)
            connection.sock = self._context.wrap_socket(plain, server_hostname=NAME)
            connection.request(method, path, urlencode(form, doseq=True) if form else None, headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                assert "Secure" in cookie
                key, value = re.match(r"([^=]+)=([^;]*)", cookie).groups()  # type: ignore[union-attr]
                self.cookies[key] = value
            return answer.status, answer.read().decode()
