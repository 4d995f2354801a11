"""A paper as a document: collected anew from its ids and filled, or as it was kept when it was signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from nastav import ru
from nastav.blanks import queries as blanks
from nastav.contents.collectors import COLLECT
from nastav.contents.scope import Content, Ids, Scope
from nastav.district.models import Cycle, District, School
from nastav.papers import builder
from nastav.papers.filler import BadTemplate, fill_each
from nastav.papers.kinds import Kind, Names
from nastav.paperwork import queries
from nastav.paperwork.models import Paper
from nastav.paperwork.rules import named
from nastav.requisites import queries as own
from nastav.requisites.records import FIELDS, Requisites
from nastav.requisites.rules import missing

OUTDATED: Final = "Шаблон района больше не подходит: попросите координатора загрузить его заново."
_ZIPPED = (1980, 1, 1, 0, 0, 0)  # the same papers give the same bytes


@dataclass(frozen=True)
class Place:
    """Whose papers these are."""

    district: District
    school: School
    cycle: Cycle

    @cached_property
    def _known(self) -> dict[date, Requisites]:
        return {}

    def requisites(self, on: date) -> Requisites:
        """Return the requisites with who signs on a day, read once."""
        if on not in self._known:
            self._known[on] = own.requisites(self.district, self.school, on)
        return self._known[on]

    def scope(
        self, on: date, chosen: Ids | None = None, written: Mapping[str, str] | None = None
    ) -> Scope:
        """Return what a paper is asked of."""
        known = self.requisites(on)
        return Scope(self.district, self.school, self.cycle, on, known, chosen, written)

    def missing(self, kind: Kind, on: date) -> list[str]:
        """Return which requisites a kind of paper still lacks on a day."""
        return missing(self.requisites(on), kind.needs)


@dataclass(frozen=True)
class Document:
    """A paper as it is shown and given out."""

    paper: Paper
    content: bytes  # a .docx
    remarks: Sequence[str] = ()
    nothing: str = ""  # why it holds nothing any more
    is_kept: bool = False  # as it was signed, not drawn anew

    @property
    def name(self) -> str:
        return f"{self.paper.file_name}.docx"


def draw(place: Place, paper: Paper) -> Document:
    """Return a paper as a document, with what is to be remarked of it."""
    if paper.is_signed and (kept := queries.kept_bytes(paper)) is not None:
        return Document(paper, kept, is_kept=True)
    content = collected(place, paper)
    if content.nothing:
        return Document(paper, b"", nothing=content.nothing)
    try:
        remarks = [*_lacking(place, paper), *content.remarks]
        return Document(paper, filled(paper, content), remarks)
    except (
        BadTemplate
    ) as bad:  # it fitted when it was put in use; the program knows other fields now
        return Document(paper, b"", nothing=f"{OUTDATED} {bad}")


def _lacking(place: Place, paper: Paper) -> list[str]:
    """Return the remark that a requisite was changed since and prints nothing: «кого?» of a new name."""
    keys = place.missing(paper.kind, paper.asked_on)
    return [f"в реквизитах не хватает: {ru.list_and(FIELDS[key] for key in keys)}"] if keys else []


def collected(place: Place, paper: Paper) -> Content:
    """Return what a paper holds, from the ids it was made of."""
    return COLLECT[paper.key](place.scope(paper.asked_on, paper.ids, queries.written(paper)))


def filled(paper: Paper, content: Content) -> bytes:
    """Return the .docx of what a paper holds."""
    template, title = template_of(paper), named(paper.kind)
    return fill_each(template, content.sheets, title=title, made_on=paper.asked_on)


def template_of(paper: Paper) -> bytes:
    """Return the template a paper was made with: that version of the district's, or ours."""
    if paper.template_id is None:
        return builder.template(paper.kind.text)
    return blanks.content(paper.template_id)


def is_kept(kind: Kind) -> bool:
    """Tell whether a paper of a kind is kept as bytes once signed: one without children's names."""
    return kind.names is not Names.CHILDREN


def zipped(documents: Sequence[Document]) -> bytes:
    """Return several papers as one zip, each under a name of its own."""
    made, names = BytesIO(), set[str]()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for document in documents:
            is_twice = document.name in names
            name = f"{document.paper.id}-{document.name}" if is_twice else document.name
            names.add(name)
            entry = ZipInfo(name, _ZIPPED)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, document.content)
    return made.getvalue()
