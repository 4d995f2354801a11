"""The server's log: one JSON line a record, with the number of the request; never a name or a form."""

import json
import logging
import secrets
import sys
from datetime import UTC, datetime

from flask import g, has_request_context


def request_id() -> str:
    """Return the number of this request: the person sees it on an error page, the log carries it."""
    if not has_request_context():
        return "-"
    if "request_id" not in g:
        g.request_id = secrets.token_hex(4)
    return str(g.request_id)


class JsonLines(logging.Formatter):
    """A record as one line of JSON; JSON escapes CR and LF, so no text can forge a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": request_id(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def configure(level: int = logging.INFO) -> None:
    """Send every logger's records to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
