"""Static files: what pages share is one stylesheet and one script, put together at their first use.

A file lies in `static/` as people write it, cut by what it dresses or does. A browser gets the bundle:
one request in the place of a dozen, without remarks and blanks (a first visit is six requests and forty
kilobytes, quality.md#v2). What few pages need is a bundle of its own. The libraries that make files smaller
have no wheels for Windows or load a second runtime, and are 40 bytes of 13,000 better.
"""

import hashlib
import re
from functools import cache

from flask import Response, current_app, request, url_for

from nastav import config

FOLDER = config.ROOT / "static"
# in the order the browser reads them; what is printed comes last, it holds over the others
BUNDLES = {
    "site.css": (
        "base", "parts", "school", "district", "stage", "week", "views", "lists", "card", "review",
        "print",
    ),
    "loads.css": ("loads", "print"),
    "appendix.css": ("appendix", "print"),
    "charts.css": ("charts", "print"),
    "feedback.css": ("feedback", "print"),
    "order.css": ("order", "print"),
    "papers.css": ("plan", "papers", "word", "paper", "print"),
    "site.js": ("early", "site", "counter", "lists", "review"),
    "tables.js": ("tables", "digits"),
    "picker.js": ("picker",),
}  # fmt: skip
TYPES = {"css": "text/css", "js": "text/javascript"}
REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
REMARK_LINE = re.compile(r"(^|\s)// .*$", re.MULTILINE)
# what stands in quotes stays, and «a :hover» keeps its blank
AROUND_SIGNS = re.compile(r"(\"[^\"]*\")|\s*([{};,])\s*|(:)\s+(?=[^{}]*;)")


@cache
def bundle(name: str) -> str:
    """Return what a bundle consists of, without remarks and blanks."""
    kind = name.rpartition(".")[2]
    parts = (FOLDER / kind / f"{part}.{kind}" for part in BUNDLES[name])
    text = REMARK.sub("", "\n".join(part.read_text(encoding="utf-8") for part in parts))
    if kind == "js":
        text = REMARK_LINE.sub("", text)
    text = "\n".join(line for line in map(str.strip, text.splitlines()) if line)
    return AROUND_SIGNS.sub(r"\1\2\3", text) if kind == "css" else text


@cache
def address(name: str) -> str:
    """Return the address of a bundle or a file with its content's mark, so that browsers may keep it.

    Made once: a page of the matrix asks for a hundred icons (bench: a sixth of its time).
    """
    content = bundle(name).encode() if name in BUNDLES else (FOLDER / name).read_bytes()
    mark = hashlib.sha256(content).hexdigest()[:10]
    return url_for("static", filename=name, v=mark)


def send(filename: str) -> Response:
    """Answer with a bundle, or with a file as it lies."""
    if filename not in BUNDLES:
        return current_app.send_static_file(filename)
    answer = Response(bundle(filename), mimetype=TYPES[filename.rpartition(".")[2]])
    answer.headers["Cache-Control"] = "no-cache"  # as of a file without its mark
    answer.add_etag()
    answer.make_conditional(request)
    return answer
