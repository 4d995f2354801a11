"""Templates without their indents: what orders a template for its reader would travel with every page."""

import re

from jinja2.ext import Extension

INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


class Unindented(Extension):
    """Leaves the indents of an HTML template out as it is read, once; the numbers of its lines stay."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the template without indents; what is no page stays as it is."""
        return INDENT.sub("", source) if name and name.endswith(".html") else source
