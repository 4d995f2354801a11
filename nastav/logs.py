"""The server's log: one JSON line a record, words to a terminal; never a name or a form."""

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
        g.request_id = new_id()
    return str(g.request_id)


def new_id() -> str:
    """Return a number for a request."""
    return secrets.token_hex(4)


def _number(record: logging.LogRecord) -> str:
    """Return the number of the request a record is about; what answers before Flask gives its own."""
    return str(getattr(record, "number", "") or request_id())


class JsonLines(logging.Formatter):
    """A record as one line of JSON; JSON escapes CR and LF, so no text can forge a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": _number(record),
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class Words(logging.Formatter):
    """A record as a person at a terminal reads it: the time, what happened, the number of the request."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; what could forge another one is shown as JSON shows it."""
        at = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S")
        mark = "" if record.levelno < logging.WARNING else "внимание: "
        text = json.dumps(record.getMessage(), ensure_ascii=False)[1:-1]
        known = _number(record)
        number = "" if known == "-" else f" [{known}]"
        trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return f"{at} {mark}{text}{number}{trace}"


def configure(level: int = logging.INFO) -> None:
    """Send every logger's records to standard error: as JSON lines, or as words to a terminal."""
    handler = logging.StreamHandler(sys.stderr)
    is_terminal = sys.stderr.isatty()
    handler.setFormatter(Words() if is_terminal else JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    if is_terminal:  # «Context impl SQLiteImpl» tells a person nothing
        logging.getLogger("alembic").setLevel(logging.WARNING)
