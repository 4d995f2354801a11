"""In CI a test that did not run is a failure: it would look like a good one.

`tests/conftest.py` takes the hook in. At a desk a skipped test stays what pytest makes of it.
"""

import os

import pytest


def not_run(session: pytest.Session) -> list[str]:
    """Return what a run left out, a line each; empty for a worker of xdist, which sees only its part."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(session.config, "workerinput"):
        return []
    left_out = [
        f"{kind}: {report.nodeid}"
        for kind in ("skipped", "xfailed", "xpassed")
        for report in reporter.stats.get(kind, [])
    ]
    ran = any(reporter.stats.get(kind) for kind in ("passed", "failed", "error"))
    return left_out if ran or left_out else ["no test ran"]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn a run that left something out red where CI is set."""
    if not os.environ.get("CI") or session.config.option.collectonly:
        return
    for line in not_run(session):
        print(f"\nCI runs every test. {line}")  # noqa: T201
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
