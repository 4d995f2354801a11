"""Entry point: `flask run`, `flask routes` and every WSGI server find `app` here."""

from nastav.app import create_app

app = create_app()
