"""Serves the site, or a bare Flask page for comparison, with the site's own server.

python -m bench.serve site FOLDER DAY    python -m bench.serve bare
"""

import sys
from pathlib import Path

from flask import Flask

from nastav import server
from nastav.app import create_app

READY = "<!DOCTYPE html>" + "<p>Готовая строка, как у страницы сводки.</p>" * 300  # about 20 kB


def bare() -> Flask:
    """Return an application that answers one ready string."""
    app = Flask("bare")
    app.add_url_rule("/", view_func=lambda: READY)
    return app


def main() -> None:
    """Serve on a free port of this machine and print it."""
    kind, *rest = sys.argv[1:]
    app = bare() if kind == "bare" else create_app(Path(rest[0]), TODAY=rest[1])
    bound = server.bind(app, "127.0.0.1", 0)
    print(bound.effective_port, flush=True)
    server.serve(bound)


if __name__ == "__main__":
    main()
