"""A stranger guesses behind nginx and Caddy (security.md#s7): who is closed out, and who goes on working.

Each person has an address of the loopback network; the proxy is the only one the site itself sees.
"""

from pathlib import Path

import pytest

from tests.conftest import PASSWORD
from tests.support.cast import PEOPLE
from tests.support.proxied import PROXIES, Browser, site_behind

pytestmark = [pytest.mark.soak, pytest.mark.xdist_group("soak")]
GUESSES = 120
LOGINS = [login for login, *_ in PEOPLE]


@pytest.mark.parametrize("proxy", PROXIES)
def test_a_strangers_guesses_close_only_the_strangers_address(
    proxy: str, instance: Path, tmp_path: Path
) -> None:
    with site_behind(proxy, instance, tmp_path) as port:
        known = {login: Browser(port, f"127.0.0.{3 + at}") for at, login in enumerate(LOGINS)}
        before = [browser.sign_in(login, PASSWORD) for login, browser in known.items()]
        stranger = Browser(port, "127.0.0.2", **{"X-Forwarded-For": "127.0.0.3"})
        targets = [f"guess{at // 9}" for at in range(GUESSES - 10)]  # many logins, then one
        answers = [
            stranger.sign_in(login, "не тот пароль вовсе") for login in ["anna"] * 10 + targets
        ]
        again = [Browser(port, "127.0.0.2").sign_in(login, PASSWORD) for login in LOGINS]
        for browser in known.values():
            browser.cookies.pop("nastav_session")
        after = [browser.sign_in(login, PASSWORD) for login, browser in known.items()]
        new = [Browser(port, "127.0.0.9").sign_in(login, PASSWORD) for login in LOGINS[1:]]
    print(
        f"\n{proxy}: guesses of a stranger answered before his address was closed: {answers.count(422)}"
    )
    print(
        f"{proxy}: of {len(LOGINS)} accounts opened from his address afterwards: {again.count(303)}"
    )
    print(f"{proxy}: of {len(LOGINS)} browsers that signed in before, let in: {after.count(303)}")
    print(f"{proxy}: of {len(new)} new browsers at another address, let in: {new.count(303)}")
    assert before == after == [303] * len(LOGINS)
    assert answers.count(422) == 100
    assert again == [429] * len(LOGINS)
    assert new == [303] * len(new)
