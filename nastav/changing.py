"""What a statement does, told before it is run: whether SQLAlchemy knows it, whether it changes rows."""

import re
from typing import Any

from sqlalchemy import TextClause

_CHANGES = re.compile(
    r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|REINDEX|WITH\b.*\b(?:INTO|SET|DELETE))\b",
    re.IGNORECASE | re.DOTALL,
)


def is_raw(context: Any) -> bool:
    """Tell of a statement's context whether it is text, of which SQLAlchemy does not know what it does."""
    return context.compiled is None or isinstance(context.compiled.statement, TextClause)


def is_change(statement: str, context: Any) -> bool:
    """Tell whether a statement changes rows or tables."""
    if context.isinsert or context.isupdate or context.isdelete or context.isddl:
        return True
    return is_raw(context) and _CHANGES.match(statement) is not None
