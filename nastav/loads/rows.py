"""A row of a table with its verdict, and all of them: what a check shows. Pure: no database."""

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from nastav import ru, terms
from nastav.columns import naming
from nastav.columns.column import Cells, Change
from nastav.columns.extras import PROFILE
from nastav.columns.register import COLUMNS, kind_label
from nastav.loads.extras import rules as extras
from nastav.loads.extras.rules import RowExtras
from nastav.loads.models import OTHER, UPDATE
from nastav.loads.ready.rules import ReadyPair
from nastav.people.models import TEXTS, Part
from nastav.people.rows import Entry
from nastav.people.rules import NewPerson
from nastav.tables.table import place, within_sentence

_TEXTS = [column for column in COLUMNS if column.key in TEXTS]


class Verdict(StrEnum):
    """What becomes of a row; in the order of the preview."""

    BAD = "bad"
    DIFFERENT = "different"  # known already, with other values: to skip or to update
    SAME = "same"  # known already: nothing to do
    GOOD = "good"


@dataclass(frozen=True)
class Row:
    """A row with its verdict; `note` says what to mend or why nothing is to do."""

    number: int
    cells: Cells
    part: Part
    verdict: Verdict
    note: str = ""
    new: NewPerson | None = None
    known: Entry | None = None  # whom the registers have already
    changes: tuple[Change, ...] = ()
    typed: RowExtras = field(default_factory=RowExtras)  # what the row says beside the register
    is_alike: bool = False  # perhaps somebody of that name: to skip, to update, or another child
    alike: tuple[int, ...] = ()  # of such a row: register numbers of those who have the name
    alike_rows: tuple[int, ...] = ()  # … and rows of the table, by number
    notices: tuple[str, ...] = ()  # what of it is passed over
    repeats: int = 0  # the number of the row with the same person, 0: none
    pair: ReadyPair | None = None  # the draft that it makes beside its person
    choice: str = ""  # of a known person's row: UPDATE, SKIP, OTHER, or nothing was decided yet

    @property
    def place(self) -> str:
        """Return where the row stands in Excel, with its sheet where there are several."""
        return place(self.number, self.cells)

    def said(self, word: str = "строку") -> str:
        """Return the same for a sentence, «строку 7 листа «5Б»»; the word as the sentence bends it."""
        return within_sentence(self.number, self.cells, word)

    @property
    def name(self) -> str:
        """Return the name as it was typed."""
        cells = self.cells
        parts = (cells.get(key, "") for key in ("code", *naming.WHOLE, *naming.NAMES))
        return " ".join(filter(None, parts))

    @property
    def who(self) -> str:
        """Return who it will be, «ученик 9 «А»», «педагог, учитель»; of a bad row what was typed."""
        if self.new is None:
            return self.cells.get("class") or self.cells.get("post", "")
        if self.known and self.new.kind is self.known.kind and not self.new.says_what:
            return self.known.group or kind_label(self.known.kind, self.known.part)
        return self.new.label(kind_label(self.new.kind, self.part))

    @property
    def why_skipped(self) -> str:
        """Return why a row loads nothing, without a name."""
        return f"{self.note} Не обновлено, так решили." if self.changes else self.note

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Return title and text of what the row says of somebody in the register itself."""
        texts = (
            []
            if self.new is None
            else [(column, getattr(self.new, column.key)) for column in _TEXTS]
        )
        return [(column.title, text) for column, text in texts if text]

    @property
    def joined(self) -> str:
        """Return since when somebody is or would be in the register, or what was typed."""
        if self.verdict is Verdict.BAD or self.new is None:
            return self.cells.get("joined", "")
        is_here = self.known is not None and self.verdict is not Verdict.GOOD
        return ru.date_short(self.known.joined if self.known and is_here else self.new.joined)

    @property
    def consent(self) -> str:
        """Return what the row says of a consent as it was read, or typed if it was not."""
        if self.typed.paper:
            return extras.paper_said(self.typed.paper)
        if self.verdict is not Verdict.BAD:
            return ""
        cells = (self.cells.get(key, "") for key in ("signed_on", "signer", "paper"))
        return ", ".join(filter(None, cells))

    @property
    def rest(self) -> list[tuple[str, str]]:
        """Return what else the row says, title and value: texts, profile, day of joining, consent."""
        more = [(terms.PERSON["joined"], self.joined), ("Согласие", self.consent)]
        return [*self.texts, *self.profile, *((title, text) for title, text in more if text)]

    @property
    def profile(self) -> list[tuple[str, str]]:
        """Return title and value of each column of the profile that the row fills, read as `consent`."""
        if self.verdict is not Verdict.BAD:
            return extras.said(self.typed)
        return [
            (column.title, self.cells[column.key])
            for column in PROFILE
            if column.key in self.cells and self.part in column.parts
        ]


@dataclass(frozen=True)
class Preview:
    """The rows, those to mend first."""

    rows: tuple[Row, ...]

    def of(self, verdict: Verdict) -> list[Row]:
        """Return the rows of a verdict, in their order in Excel."""
        return [row for row in self.rows if row.verdict is verdict]

    @property
    def updated(self) -> list[Row]:
        """Return the rows whose known people are to be updated."""
        return [row for row in self.of(Verdict.DIFFERENT) if row.choice == UPDATE and row.changes]

    @property
    def entered(self) -> list[Row]:
        """Return the rows whose people enter the register: the good ones, and another child's."""
        others = [row for row in self.of(Verdict.DIFFERENT) if row.choice == OTHER and row.is_alike]
        return [*self.of(Verdict.GOOD), *others]

    @property
    def undecided(self) -> list[Row]:
        """Return the rows of known people that nobody has decided of."""
        return [row for row in self.of(Verdict.DIFFERENT) if not row.choice]

    @property
    def pairs(self) -> list[Row]:
        """Return the rows that make a draft pair, whatever becomes of their own person."""
        left = [row for row in self.rows if row.is_alike and row.choice not in (UPDATE, OTHER)]
        rows = [row for row in self.rows if row not in left]
        return [row for row in rows if row.pair and row.verdict is not Verdict.BAD]

    @property
    def skipped(self) -> list[Row]:
        """Return the rows that load nothing and are not to be mended, in their order in Excel."""
        rows = [*self.of(Verdict.SAME), *self.of(Verdict.DIFFERENT)]
        left = [row for row in rows if row.choice not in (UPDATE, OTHER) and not row.pair]
        return sorted(left, key=lambda row: row.number)

    @property
    def says(self) -> str:
        """Return «Загрузить 64 строки» or «Загрузить 1, обновить 2»; "" where nothing would be done."""
        good, updated, pairs = len(self.entered), len(self.updated), len(self.pairs)
        if not updated and not pairs:
            return f"Загрузить {ru.counted(good, 'строку', 'строки', 'строк')}" if good else ""
        texts = [
            f"загрузить {ru.number(good)}" if good else "",
            f"обновить {ru.number(updated)}" if updated else "",
            f"создать {ru.counted(pairs, 'пару', 'пары', 'пар')}" if pairs else "",
        ]
        text = ", ".join(filter(None, texts))
        return f"{text[:1].upper()}{text[1:]}"

    @property
    def is_something(self) -> bool:
        """Tell whether anything would be loaded or updated."""
        return bool(self.entered or self.updated or self.pairs)

    @property
    def mark(self) -> str:
        """Return a mark of exactly what loading would do; loading anything else is refused."""
        does = [*self.of(Verdict.GOOD), *self.of(Verdict.DIFFERENT), *self.pairs]
        facts = [
            (
                row.number,
                row.new,
                row.known and row.known.id,
                row.changes,
                row.typed,
                row.choice,
                row.pair,
            )
            for row in does
        ]
        return hashlib.sha256(repr(facts).encode()).hexdigest()
