"""Pages of the feature; see the page map in docs/pages.md."""

from flask import Blueprint

blueprint = Blueprint("coverage", __name__)
