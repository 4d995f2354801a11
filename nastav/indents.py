"""Templates without their indents: what orders a template for its reader would travel with every page."""

import re

from jinja2.ext import Extension

ONE_TAG = re.compile(r"\{%((?!%\}).)*%\}|\{#((?!#\}).)*#\}")


def without_indents(source: str) -> str:
    """Return a template without indents; the numbers of its lines stay.

    A tag at the end of a line takes the line break along (`trim_blocks`): after a text the indent of the
    next line is the only blank between two words, and one blank of it stays.
    """
    lines = []
    is_glued = False
    for line in source.split("\n"):
        bare = line.lstrip(" \t")
        lines.append(f" {bare}" if is_glued and bare != line else bare)
        is_glued = bare.endswith(("%}", "#}")) and not ONE_TAG.fullmatch(bare)
    return "\n".join(lines)


class Unindented(Extension):
    """Leaves the indents of an HTML template out as it is read, once."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the template without indents; what is no page stays as it is."""
        return without_indents(source) if name and name.endswith(".html") else source
