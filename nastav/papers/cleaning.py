"""Saving a paper without a trace of who made it and when: the same data gives the same bytes."""

import re
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from nastav.late import late

if TYPE_CHECKING:
    from docx.document import Document
else:
    Document = late("docx.document", "Document")

_GONE: Final = (
    "thumbnail",
    "extended-properties",
    "custom-properties",
    "customXml",
    "printerSettings",
    "stylesWithEffects",
)
_FIRST: Final = ("[Content_Types].xml", "_rels/.rels")
_REVISIONS: Final = re.compile(rb"<w:rsids>.*?</w:rsids>|<w:rsid [^<>]*/>", re.DOTALL)
_TAG: Final = re.compile(rb"<w:[^<>]+>")
_REVISION: Final = re.compile(rb' w:rsid\w*="[0-9A-Fa-f]*"')

_REVISED: Final = "//*[@*[starts-with(local-name(), 'rsid')]]"


def forget_revisions(document: Document) -> None:
    """Drop the marks of who edited when from what is filled next: each copy of a row would carry them.

    Looked for in the file afterwards, tag by tag, they cost more than all the filling.
    """
    for element in document.element.xpath(_REVISED):
        for name in [name for name in element.attrib if name.rpartition("}")[2].startswith("rsid")]:
            del element.attrib[name]


def clean(document: Document, *, title: str, made_on: date) -> bytes:
    """Return a document's file with its title and day, and no other property.

    Author, company, thumbnail, revision ids, settings of a printer go; parts stand in a constant order.
    """
    _set_properties(document, title, made_on)
    package = document.part.package
    for owner in (package, document.part):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rpartition("/")[2] in _GONE:
                del owner.rels[key]
    saved = BytesIO()
    document.save(saved)
    return _in_order(saved.getvalue())


def _set_properties(document: Document, title: str, made_on: date) -> None:
    own = document.core_properties
    for name in (
        "author",
        "comments",
        "category",
        "keywords",
        "last_modified_by",
        "subject",
        "version",
    ):
        setattr(own, name, "")
    own.title, own.language, own.revision = title, "ru-RU", 1
    own.created = own.modified = datetime(made_on.year, made_on.month, made_on.day)  # noqa: DTZ001


def _in_order(content: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(BytesIO(content)) as found, ZipFile(made, "w", ZIP_DEFLATED) as written:
        names = sorted(found.namelist(), key=lambda name: (name not in _FIRST, name))
        for name in names:
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            written.writestr(entry, _without_revisions(found.read(name)))
    return made.getvalue()


def _without_revisions(part: bytes) -> bytes:
    """Drop the marks of who edited when, from tags alone: what somebody typed may look like one."""
    if b"w:rsid" not in part:  # as in ours: looking at each tag costs more than filling them
        return part
    part = _REVISIONS.sub(b"", part)
    return _TAG.sub(lambda tag: _REVISION.sub(b"", tag[0]), part)
