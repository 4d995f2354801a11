"""Entry point: `flask run`, `flask routes` and every WSGI server find `app` (or `application`) here."""

from nastav.app import create_app

app = application = create_app()
