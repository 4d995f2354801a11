"""Addresses that no link of the demo leads to, with what they show made for them."""

import secrets
from datetime import date
from hashlib import sha256

from sqlalchemy import select

from nastav.access import Actor
from nastav.accounts.models import User
from nastav.archive.models import KeptReport, KeptReportFile
from nastav.ballots.models import Link
from nastav.ballots.operations import make_set
from nastav.ballots.rules import LEAST, shown
from nastav.blanks import operations as blanks
from nastav.blanks.queries import in_use
from nastav.calendars import operations as calendars
from nastav.db import db
from nastav.district import queries as districts
from nastav.district.kinds.models import PairKind
from nastav.district.models import Cycle, School
from nastav.feedback.models import Questionnaire
from nastav.feedback.swot.models import Swot
from nastav.identity.transfers.models import Transfer
from nastav.loads.headings.models import SchoolHeading
from nastav.loads.models import Load, LoadState
from nastav.pairs.models import PairMember
from nastav.papers.catalogue import KINDS
from nastav.paperwork.models import Paper
from nastav.people.models import Part, RegisterNumber
from nastav.plans.models import LineKind, PlanLine
from nastav.stages.models import Activity, Evidence, EvidenceFile, Stage
from tests.support.blanks import good, lined
from tests.support.people import add_pair, add_person

ACTOR = Actor.system("тест")
DAY = date(2020, 12, 1)
LONG_AGO = (date(2009, 9, 1), date(2010, 5, 31))  # whose years of keeping are over


def unlinked(school_id: int, rows: int) -> dict[str, str]:
    """Make a thing of so many rows for each route; return endpoint → address. The caller commits.

    For the curator of the school, in the school year 2020.
    """
    home = f"/schools/{school_id}"
    for _ in range(rows):
        add_person(school_id, joined=LONG_AGO[0], left=LONG_AGO[1])
    load = f"{home}/mentees/import/{_open_load(school_id, rows)}"
    set_id, code = _links(school_id, rows)
    links = f"{home}/2020/feedback/links/{set_id}"
    document, ordinal = _file(school_id)
    return {
        "accounts.csrf": "/csrf",
        "accounts.sign_in": "/login",
        "codes.ask": f"{home}/codes",
        "anonymous.ask": "/a",
        "anonymous.show": f"/a/{code}",
        "anonymous.thanks": "/a/thanks",
        "calendars.read": f"/calendar/{_calendar(school_id)}.ics",
        "health": "/healthz",
        "loads.ask_undo": f"{home}/mentees/import/{_done_load(school_id, rows)}/undo",
        "headings.ask": f"{home}/mentees/import/{_asking_load(school_id, rows)}/columns",
        "loads.mend": f"{load}/mend.xlsx",
        "mending.edit": f"{load}/rows/2/edit",
        "mending.row": f"{load}/rows/3",
        "loads.show": load,
        "ballots.show": links,
        "ballots.slips": f"{links}/print",
        "feedback.swot.sheet": f"{home}/2020/feedback/swot/{_swot(school_id)}",
        "closing.ask_reopen": f"{home}/2020/pairs/{_closed_pair(school_id)}/reopen",
        "plans.lines.row": f"{home}/2020/pairs/{_plan(school_id, rows)}",
        "transfers.answer": f"{home}/transfers/{_offers(school_id, rows)}",
        **_papers(school_id, rows),
        **_without_a_year(school_id, home),
        **_kept_report(_district_of(school_id), rows),
        "years.ask_reopen": _closed_year(_district_of(school_id)),
        **_blanks(_district_of(school_id), rows),
        "retention.due": f"{home}/retention",
        "stages.activities.row": f"{home}/2020/stages/1/activities/1",
        "stages.evidence.download": f"{home}/2020/stages/{ordinal}/documents/{document}/file",
    }


def _without_a_year(school_id: int, home: str) -> dict[str, str]:
    return {
        "awards.current": f"{home}/rewards",
        "classes.current": f"{home}/classes",
        "feedback.school_now": f"{home}/feedback",
        "occasions.current": f"{home}/occasions",
        "pair_list.current": f"{home}/pairs",
        "plan.year": f"/districts/{_district_of(school_id)}/settings/plan/2020",
        "rollup.exports": f"/districts/{_district_of(school_id)}/exports",
        "rollup.current_stages": f"/districts/{_district_of(school_id)}/stages",
        "stages.current": f"{home}/stages",
        "training.current": f"{home}/training",
        "week.current": f"{home}/meetings",
    }


def _kept_report(district_id: int, rows: int) -> dict[str, str]:
    """A report with so many people behind it who are gone since."""
    content = b"PK"
    kept = KeptReport(
        district_id=district_id,
        day=DAY,
        title="Отчёт начальнику",
        actor_name="тест",
        rules_number=2,
        rules={},
        size=len(content),
        sha256=sha256(content).hexdigest(),
        figures=[["mentee.covered", "Охвачено наставляемых", rows]],
        behind={"1": {"mentee": [[10**6 + n, n] for n in range(rows)]}},
    )
    db.session.add(kept)
    db.session.flush()
    db.session.add(KeptReportFile(report_id=kept.id, content=content))
    address = f"/districts/{district_id}/reports/{kept.id}"
    making = f"/districts/{district_id}/reports/making"  # a large district's button leads there
    return {
        "reports.kept": address,
        "reports.kept_file": f"{address}.xlsx",
        "reports.making": making,
    }


def _closed_year(district_id: int, first_year: int = 2018) -> str:
    """A school year that its coordinator has closed, long before the demo's; once for a district."""
    if districts.cycle(district_id, first_year) is None:
        values = {"closed_on": date(2019, 9, 2), "closed_by": "тест", "before_site": True}
        db.session.add(Cycle(district_id=district_id, first_year=first_year, **values))
        db.session.flush()
    return f"/districts/{district_id}/settings/cycles/{first_year}/reopen"


def _papers(school_id: int, rows: int) -> dict[str, str]:
    """An order on so many pairs that waits for its number, and one that is signed."""
    pairs = [
        add_pair(school_id, add_person(school_id, part=Part.MENTOR), [add_person(school_id)])
        for _ in range(rows)
    ]
    members = select(PairMember.id).where(PairMember.pair_id.in_([pair.id for pair in pairs]))
    ids = {"pairs": [pair.id for pair in pairs], "members": list(db.session.scalars(members))}
    made = {"school_id": school_id, "first_year": 2020, "key": "pairs", "asked_on": DAY}
    waits, signed = (
        Paper(**made, ids=ids, made_by="тест", effects={}, number=number, dated=dated)
        for number, dated in (("", None), ("87", DAY))
    )
    db.session.add_all([waits, signed])
    db.session.flush()
    base = f"/schools/{school_id}/2020/papers"
    return {
        "paperwork.show": f"{base}/{waits.id}",
        "paperwork.word": f"{base}/{waits.id}/word",
        "paperwork.several": f"{base}/several?paper={waits.id}&paper={signed.id}",
        "paperwork.numbers.edit": f"{base}/{signed.id}/number",
        "requisites.form": f"{base}/requisites?for=pairs",
    }


def _blanks(district_id: int, rows: int) -> dict[str, str]:
    """So many templates of a paper that were in use, and one that was tried."""
    kind = KINDS["team"]
    for number in range(rows):
        made = blanks.keep(ACTOR, district_id, kind, lined(f"{number}"))
        present = in_use(district_id, kind.key)
        blanks.introduce(ACTOR, made, kind, instead_of=present.id if present else 0)
    tried = blanks.keep(ACTOR, district_id, kind, good())
    address = f"/districts/{district_id}/settings/papers/team/{tried.id}"
    return {
        "blanks.tried": address,
        "blanks.example": f"{address}/example.docx",
        "blanks.file": f"{address}/blank.docx",
    }


def _calendar(school_id: int) -> str:
    user = db.session.scalars(select(User).filter_by(school_id=school_id)).first()
    assert user is not None
    return calendars.make(ACTOR, user.id, DAY).code


def _district_of(school_id: int) -> int:
    return db.session.get_one(School, school_id).district_id


def _open_load(school_id: int, rows: int) -> int:
    """A table with a bad row and good ones, not loaded yet."""
    good = [[n, {"name": f"Пчёлкина{n} Анна", "class": "7А"}] for n in range(3, 3 + rows)]
    bad = [2, {"name": "", "class": "99"}]
    person = add_person(school_id, "Ландышева Мария")
    number = select(RegisterNumber.number).filter_by(person_id=person.id, school_id=school_id)
    values = {"name": person.full_name, "number": str(db.session.scalar(number))}
    known = [1, {**values, "need": "Шахматы"}]
    return _load(school_id, LoadState.OPEN, rows=[known, bad, *good])


def _asking_load(school_id: int, rows: int) -> int:
    """A table with a column that nobody understands."""
    people = [[n, {"name": f"Пчёлкина{n} Анна", "?3": "чай"}] for n in range(2, 2 + rows)]
    remembered = {"school_id": school_id, "part": Part.MENTEE, "column_key": "need"}
    db.session.add(SchoolHeading(heading=f"просьба {secrets.token_hex(4)}", **remembered))
    asked = [{"key": "?3", "heading": "Любимый напиток", "place": 3, "samples": ["чай"]}]
    return _load(school_id, LoadState.OPEN, rows=people, asked=asked)


def _done_load(school_id: int, rows: int) -> int:
    """A table that brought in people."""
    people = [add_person(school_id) for _ in range(rows)]
    added = [[person.id, person.id] for person in people]
    return _load(school_id, LoadState.LOADED, added=added, added_count=rows)


def _load(school_id: int, state: LoadState, **values: object) -> int:
    token = secrets.token_hex(8)
    row = Load(
        school_id=school_id, part=Part.MENTEE, state=state, token=token, joined=DAY, **values
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def _closed_pair(school_id: int) -> int:
    mentor, mentee = add_person(school_id, part=Part.MENTOR, grade=10), add_person(school_id)
    return add_pair(school_id, mentor, [mentee], ended=date(2021, 2, 1)).id


def _links(school_id: int, rows: int) -> tuple[int, str]:
    """Return a set of links, and the code of one of them."""
    school = db.session.get_one(School, school_id)
    questionnaire = db.session.scalars(select(Questionnaire)).first()
    assert questionnaire
    days = {"made_on": DAY, "expires_on": date(2021, 5, 1)}
    made = make_set(ACTOR, school, 2020, questionnaire, size=max(rows, LEAST), **days)
    code = db.session.scalars(select(Link.code).filter_by(set_id=made.id)).first() or ""
    return made.id, shown(code)


def _plan(school_id: int, rows: int) -> str:
    """Return where a line stands in a plan of so many lines."""
    mentor, mentee = add_person(school_id, part=Part.MENTOR, grade=10), add_person(school_id)
    pair = add_pair(school_id, mentor, [mentee])
    lines = [PlanLine(pair_id=pair.id, kind=LineKind.TASK, what="Проект") for _ in range(rows)]
    db.session.add_all(lines)
    db.session.flush()
    return f"{pair.id}/plan/lines/{lines[0].id}"


def _offers(school_id: int, rows: int) -> int:
    """Have another school offer pupils who left it; return the last offer."""
    school = db.session.get_one(School, school_id)
    others = select(School.id).where(
        School.district_id == school.district_id, School.id != school_id
    )
    other = db.session.scalars(others).first()
    assert other
    for _ in range(rows):
        person = add_person(other, left=DAY)
        offer = Transfer(
            person_id=person.id,
            school_id=other,
            to_school_id=school_id,
            part=Part.MENTEE,
            left=DAY,
        )
        db.session.add(offer)
    db.session.flush()
    return offer.id


def _swot(school_id: int) -> int:
    """Return a form of mentoring the school wrote of."""
    kind = db.session.scalars(select(PairKind.id).order_by(PairKind.ordinal)).first()
    assert kind
    if not db.session.scalar(select(Swot).filter_by(school_id=school_id, kind_id=kind)):
        db.session.add(Swot(school_id=school_id, first_year=2020, kind_id=kind, strengths="Опыт"))
    return kind


def _file(school_id: int) -> tuple[int, int]:
    """Return a document with a file, and the number of its stage."""
    rows = select(Activity.id, Stage.ordinal).join(Stage, Stage.id == Activity.stage_id)
    activity, ordinal = db.session.execute(rows.where(Stage.cycle_id == 1)).first() or (0, 0)
    row = Evidence(
        school_id=school_id,
        activity_id=activity,
        kind="приказ",
        file_name="приказ.pdf",
        media_type="application/pdf",
        size=4,
    )
    db.session.add(row)
    db.session.flush()
    db.session.add(EvidenceFile(evidence_id=row.id, sha256="", content=b"%PDF"))
    return row.id, ordinal
