"""Papers that hold nothing but what every paper may hold: the order of introduction and the rules."""

from nastav.contents import common
from nastav.contents.scope import Content, Scope
from nastav.papers.filler import Data


def collect(scope: Scope) -> Content:
    """Return a paper of common fields alone."""
    return Content([Data(common.fields(scope))])
