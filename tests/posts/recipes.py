"""What a route needs beyond the demo and its own form: something to be there first, something typed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, update

from nastav.accounts import operations as accounts
from nastav.accounts.models import User
from nastav.ballots.models import Ballot, LinkSet
from nastav.calendars import operations as calendars
from nastav.cycles.operations import open_next
from nastav.db import db
from nastav.district.models import Cycle, District, School
from nastav.feedback.models import Question, QuestionKind
from nastav.orders.loader import load
from nastav.pairs.models import Decision, Pair
from nastav.people.models import Part, Participation
from nastav.plans.models import LineKind, PlanLine
from nastav.stages.models import (
    Activity,
    Evidence,
    SchoolStage,
    Stage,
    StageState,
    Step,
    Transition,
)
from tests.posts.loads import hidden_rows, loaded_but_two
from tests.posts.papers import waiting_line
from tests.posts.templates import own_blank, tried_blank
from tests.posts.typing import FIRST
from tests.support.blanks import lined
from tests.support.people import add_pair, add_person
from tests.support.unlinked import ACTOR, DAY

SECRET = "сирень у крыльца 17"
NEW_SECRET = "черёмуха за сараем 5"
PLAN = ";2021 год;\nОО;наставл.;наставн.\nСОШ №5;120;5\n"


@dataclass(frozen=True)
class Place:
    """Whose pages these are: school №5, its district, and what `unlinked` made there."""

    school: int
    district: int
    pages: dict[str, str]  # endpoint of a page → its address


@dataclass(frozen=True)
class Recipe:
    """How a route comes to its form, and what is typed into it.

    The form stands where the walks met it, or where `after` (another route's post) led, or on `page`.
    """

    say: dict[str, Any] = field(default_factory=dict)
    page: str = ""
    role: str = ""
    after: str = ""
    before: Callable[[Place], Any] | None = None
    # fields that two tabs do not change: they do not count, or lead away
    kept: tuple[str, ...] = ()

    def typed(self) -> dict[str, Any]:
        """Return what is typed; a function is asked for its value (a file is read once)."""
        return {name: value() if callable(value) else value for name, value in self.say.items()}


def next_year(place: Place) -> None:
    """Open the school year after this one."""
    open_next(ACTOR, db.session.get_one(District, place.district), 2021)


def codes(place: Place) -> None:
    """Have the district keep its pupils by codes."""
    db.session.execute(update(District).values(uses_codes=True))


def secret(place: Place) -> None:
    """Give everybody the one password."""
    db.session.execute(update(User).values(password_hash=accounts.hash_password(SECRET)))


def second_session(place: Place) -> None:
    """Sign the curator in on another computer."""
    accounts.open_sign_in(db.session.scalars(select(User).filter_by(login="school5")).one())


def matches(place: Place) -> None:
    """Enter one child in two schools."""
    for school in (place.school, place.school + 1):
        child = add_person(school, "Канарейкин Семён")
        add_pair(school, add_person(school, part=Part.MENTOR, grade=10), [child])


def twins(place: Place) -> str:
    """Enter one child twice; return the address that compares the cards."""
    first, second = (add_person(place.school, "Канарейкин Семён") for _ in range(2))
    line = db.session.scalar(select(Participation.id).filter_by(person_id=first.id))
    return f"/schools/{place.school}/mentees/{line}/merge?with={second.id}"


def appendix() -> str:
    """Return the order's own stages as Word copies a table, the first in other words."""
    lines = ["Этап\tМероприятия\tСрок"]
    for stage in load().stages:
        title, due = f"{stage.title}, этап школы", stage.printed_due
        for activity in stage.activities:
            lines.append(f"{title}\t{activity.title}\t{due}")
            title = due = ""
    return "\n".join(lines)


def new_rules(_: Place) -> None:
    """Be as after an upgrade: nobody was shown what the rules changed."""
    db.session.execute(update(District).values(rules_shown_on=None))


def last_year(place: Place) -> str:
    """Have the school year before this one on the site; return where it is closed."""
    db.session.add(Cycle(district_id=place.district, first_year=2019, before_site=True))
    return f"/districts/{place.district}/settings/cycles/2019/close"


def to_continue(place: Place) -> str:
    """Close a pair that the next year continues; return its address."""
    next_year(place)
    pair = _closed(place)
    return f"/schools/{place.school}/2020/pairs/{pair.id}"


def _closed(place: Place) -> Pair:
    mentor = add_person(place.school, part=Part.MENTOR, grade=9)
    ended = DAY
    pair = add_pair(place.school, mentor, [add_person(place.school)], ended=ended)
    pair.decision = Decision.CONTINUE
    db.session.flush()
    return pair


def undone(place: Place) -> str:
    """Leave a line of last year's plan undone; return the address of the pair that continues it."""
    mentor, mentee = add_person(place.school, part=Part.MENTOR, grade=9), add_person(place.school)
    last = add_pair(place.school, mentor, [mentee], ended=DAY)
    db.session.add(PlanLine(pair_id=last.id, kind=LineKind.TASK, what="Проект"))
    pair = add_pair(place.school, mentor, [mentee], started=DAY)
    pair.continues_id = last.id
    db.session.flush()
    return f"/schools/{place.school}/2020/pairs/{pair.id}/plan"


def calendar(place: Place) -> str:
    """Give everybody of the school a calendar link; return the page where it is revoked."""
    for user in db.session.scalars(select(User).filter_by(school_id=place.school)):
        calendars.make(user.as_actor(), user.id, DAY)
    return "/account/calendar"


def ballots(place: Place) -> str:
    """Put enough answers into the box of a set of links; return the set's address."""
    page = place.pages["ballots.show"]
    set_id = int(page.rpartition("/")[2])
    asked = select(Question.id).join(LinkSet, LinkSet.questionnaire_id == Question.questionnaire_id)
    question = db.session.scalar(
        asked.where(LinkSet.id == set_id, Question.kind == QuestionKind.YES_NO)
    )
    for number in range(6):
        db.session.add(Ballot(id=number + 1, set_id=set_id, answers={str(question): 1}))
    return page


def last_years_document(place: Place) -> str:
    """Keep a document of the year before; return the page that offers it."""
    next_year(place)
    rows = select(Activity.id, Stage.ordinal, Activity.ordinal).join(Stage)
    activity, stage, number = (
        db.session.execute(rows.where(Stage.cycle_id == 1)).first() or (0,) * 3
    )
    db.session.add(Evidence(school_id=place.school, activity_id=activity, kind="Приказ"))
    return f"/schools/{place.school}/2021/stages/{stage}/activities/{number}/documents/new"


def lost_since(place: Place) -> str:
    """Have a stage accepted on a child who is in no register now; return its page."""
    rows = select(SchoolStage, Stage).join(Stage, Stage.id == SchoolStage.stage_id)
    row, stage = db.session.execute(rows.where(SchoolStage.school_id == place.school)).first() or ()
    row.state = StageState.ACCEPTED
    counted = {"rules": 1, "said": [], "behind": {"mentees": [999]}}
    step = Transition(
        school_stage_id=row.id,
        step=Step.ACCEPTED,
        before=StageState.SUBMITTED,
        after=StageState.ACCEPTED,
        actor_name=ACTOR.name,
        counted=counted,
    )
    db.session.add(step)
    return f"/schools/{place.school}/2020/stages/{stage.ordinal}/review"


def documents(place: Place) -> str:
    """Give an activity two documents; return the address of one."""
    rows = select(Activity.id).join(Stage).where(Stage.cycle_id == 1, Stage.ordinal == 7)
    activity = db.session.scalars(rows.order_by(Activity.ordinal)).first()
    for number in ("1", "2"):
        row = Evidence(
            school_id=place.school, activity_id=activity, kind="План", number=number, version=1
        )
        db.session.add(row)
    db.session.flush()
    return f"/schools/{place.school}/2020/stages/7/documents/{row.id}"


def to_be_sent(place: Place) -> None:
    """Have stage I of the school in progress again, everything in it done."""
    stage = select(Stage.id).where(Stage.cycle_id == 1, Stage.ordinal == 1).scalar_subquery()
    rows = update(SchoolStage).where(
        SchoolStage.school_id == place.school, SchoolStage.stage_id == stage
    )
    db.session.execute(rows.values(state=StageState.IN_PROGRESS))


def line_to_write(place: Place) -> None:
    """Have a signed order wait for stage I, and the stage open again."""
    to_be_sent(place)
    waiting_line(place)


def new_school(place: Place) -> None:
    """Add a school without an account."""
    db.session.add(School(district_id=place.district, ordinal=100, name="СОШ №100"))


CHILD = {"surname": "Птицына", "given_name": "Ольга", "school_class": "7А"}
MEMBER = {"name": "Зоя Зимина", "post": "учитель"}
REASON = {"reason": "Ошиблись при вводе"}
S, Y, D = "/schools/{school}", "/schools/{school}/2020", "/districts/{district}"

TABLE = "ФИО\tКласс\tИсточник\nПтицына Ольга\t7А\tпсихолог\nЁлкин Лев\t5б\tродители"
SIGNER = {"*signed_on": "01.12.2020"}

RECIPES: dict[str, Recipe] = {
    "accounts.close_other_sessions": Recipe(before=second_session, page="/account"),
    "accounts.password": Recipe(
        {"password": SECRET, "new_password*": NEW_SECRET}, "/account/password", before=secret
    ),
    "accounts.sign_in_post": Recipe(
        {"login": "school5", "password": SECRET}, "/login", "nobody", before=secret
    ),
    "blanks.take": Recipe(
        {"file": lambda: (lined("Другой бланк"), "бланк.docx")},
        f"{D}/settings/papers/team",
        "coordinator",
    ),
    "blanks.introduce": Recipe(before=tried_blank, page="{made}", role="coordinator"),
    "blanks.withdraw": Recipe(before=own_blank, page="{made}", role="coordinator"),
    "calendars.make": Recipe(after="calendars.revoke"),
    "calendars.revoke": Recipe(before=calendar, page="{made}"),
    "classes.move": Recipe(before=next_year, page=f"{S}/2021/classes", kept=("pasted",)),
    "classes.undo": Recipe(after="classes.move"),
    "codes.check": Recipe(before=codes, page=f"{S}/codes"),
    "codes.replace": Recipe({"sure": "1"}, after="codes.check"),
    "consents.take": Recipe({"got": FIRST}, kept=("pasted",)),
    "counting.change": Recipe(REASON),
    "counting.note_changed": Recipe(
        {}, f"{D}/settings/rules/changed", "coordinator", before=new_rules
    ),
    "cycles.move": Recipe({**REASON, "due": "01.12.2020"}),
    "cycles.wording.reword": Recipe(REASON),
    "cycles.wording.take_appendix": Recipe({"pasted": appendix, "save": "1"}),
    "points.keep": Recipe({"text": "1.1. Утвердить план.", "save": "1"}),
    "district.district_new": Recipe(MEMBER),
    "district.school_new": Recipe(MEMBER),
    "anonymous.answer": Recipe({"q1": FIRST}),
    "feedback.create": Recipe(
        {"q[0-9]*": "1", "answered_on": "01.12.2020"}, f"{Y}/feedback/new?part=curator&moment=final"
    ),
    "grid.create": Recipe(
        {"answered_on": "08.12.2020", "r1_q[0-9]*": "1"},
        f"{Y}/feedback/grid?questionnaire=1&rows=10",
        kept=("pasted",),
    ),
    "ballots.make": Recipe({"questionnaire": FIRST, "size": "5"}),
    "ballots.open_box": Recipe(before=ballots, page="{made}"),
    "questionnaires.change": Recipe({"text_6": "Что ещё важно?", "kind_6": "text"}),
    "kinds.change": Recipe({"is_hidden": FIRST}),
    "kinds.add": Recipe({"name": "Шахматы"}),
    "headings.forget": Recipe(page=f"{S}/mentees/import"),
    "mending.decide": Recipe({"choice": "update"}),
    "mending.decide_all": Recipe({"choice": "update"}),
    "mending.fill": Recipe({"value": "5А", "pick": "2"}),
    "mending.go_on": Recipe(page="/schools/{school}/mentees/import/{made}", before=loaded_but_two),
    "loads.take": Recipe({"text": TABLE}),
    "loads.carry_out": Recipe(after="loads.take"),
    "loads.choose": Recipe(
        {"hidden": "yes"}, "/schools/{school}/mentees/import/{made}", before=hidden_rows
    ),
    "many.ask": Recipe({"pick": FIRST, "deed": "need"}, f"{S}/mentees"),
    "many.carry_out": Recipe({"need": "спорт"}, after="many.ask"),
    "matches.decide": Recipe(
        {"decision": "one"}, f"{D}/matches?year=2020", "coordinator", before=matches
    ),
    "matches.undo": Recipe(after="matches.decide"),
    "own_matches.tell_apart": Recipe(before=twins, page=f"{S}/matches"),
    "own_matches.undo": Recipe(after="own_matches.tell_apart"),
    "occasions.add": Recipe({"name": "Олимпиада"}, kept=("role-*", "pasted")),
    "closing.close": Recipe(
        {"pick": FIRST, **REASON, "decision": "finish"}, f"{Y}/pairs/closing", kept=("pick",)
    ),
    "closing.reopen": Recipe(REASON),
    "closing.carry_all_on": Recipe(before=to_continue, page=f"{Y}/pairs/closing"),
    "closing.carry_on": Recipe(before=to_continue, page="{made}"),
    "pairs.search": Recipe({"q": "канар"}, f"{Y}/pairs/new"),
    "pairs.create": Recipe({"mentor_id": FIRST, "mentee_ids": FIRST}),
    "drafts.publish": Recipe(after="matching.draft"),
    "graduates.finish": Recipe({"pick": FIRST}, kept=("pick",)),
    "pair_card.close": Recipe({**REASON, "decision": "finish"}),
    "pair_card.join": Recipe({"person_id": FIRST}),
    "pair_card.leave": Recipe(REASON),
    "pair_card.step": Recipe({"step": FIRST}),
    "search.find": Recipe({"words": "канар"}, f"{S}/search"),
    "pair_meeting.add": Recipe({"topic": "Проект"}),
    "meetings.change": Recipe({"topic": "Проект"}),
    "meetings.restore": Recipe(after="meetings.delete", page="{before}"),
    "meetings.erase": Recipe(after="meetings.change", page="{before}"),
    "meeting_kinds.add": Recipe({"name": "Поход"}),
    "plans.lines.add": Recipe({"task-what": "Проект"}),
    "plans.take": Recipe(before=undone, page="{made}"),
    "person_leaving.come_back": Recipe(after="person_leaving.leave"),
    "person_leaving.undo": Recipe(page="{before}", after="person_leaving.leave"),
    "person_leaving.leave": Recipe({**REASON, "left": "09.03.2021"}),
    "person_merging.merge": Recipe({"keep": FIRST}, before=twins, page="{made}"),
    "person_merging.undo": Recipe(after="person_merging.merge"),
    "transfers.offer": Recipe({"to_school_id": FIRST}),
    "transfers.refuse": Recipe(REASON),
    "transfers.withdraw": Recipe(after="transfers.offer"),
    "person_new.create": Recipe(CHILD, f"{S}/mentees/new"),
    "plan.load": Recipe({"file": (PLAN.encode(), "план.csv")}),
    "plan.save": Recipe(REASON, kept=("pasted", "at_*")),
    "paperwork.make": Recipe({"kind": "team"}, page=f"{Y}/papers"),
    "paperwork.remove": Recipe(after="paperwork.make"),
    "paperwork.numbers.enter": Recipe(
        {"number_*": "91", "dated_*": "01.12.2020"},
        f"{Y}/papers/numbers",
        kept=("pasted", "done_*", "drafts_*"),
    ),
    "paperwork.numbers.undo": Recipe(page=f"{Y}/papers/numbers"),
    "paperwork.numbers.write": Recipe(before=line_to_write, page=f"{Y}/papers/numbers"),
    "requisites.texts.save": Recipe({"programme_tasks": "Помочь новичкам"}),
    "practices.add": Recipe({"title": "Кружок"}),
    "practices.board.take_off": Recipe(REASON),
    "practices.publish": Recipe(after="practices.take_back"),
    "practices.remove": Recipe(after="practices.take_back"),
    "awards.add": Recipe({**REASON, "mentors": FIRST}),
    "awards.save_system": Recipe({"what_for": "За помощь", "how": "Грамота"}),
    "retention.erase": Recipe({"sure": "1"}),
    "review.decide": Recipe(
        {"decision": "return", "remark_1": "Укажите номер приказа"},
        f"{Y}/stages/1/review",
        "coordinator",
        after="stages.sending.submit",
    ),
    "review.decline": Recipe(
        {"why": "Нет причины"},
        f"{Y}/stages/1/review",
        "coordinator",
        after="stages.sending.ask_reopening",
    ),
    "review.keep": Recipe(page="{made}", role="coordinator", before=lost_since),
    "review.reopen": Recipe(REASON),
    "review.undo": Recipe(after="review.decide"),
    "samples.mark": Recipe({"verdict_*": "matches"}, after="samples.draw"),
    "stages.activities.undeclare": Recipe(after="stages.activities.declare"),
    "stages.evidence.add": Recipe({"kind": "План"}),
    "stages.evidence.remove": Recipe(before=documents, page="{made}"),
    "stages.evidence.take_over": Recipe(
        {"document": FIRST}, before=last_years_document, page="{made}"
    ),
    "stages.sending.ask_reopening": Recipe(REASON, f"{Y}/stages/1/reopening"),
    "stages.sending.submit": Recipe(before=to_be_sent, page=f"{Y}/stages/1/submit"),
    "stages.sending.withdraw": Recipe(after="stages.sending.submit", page=f"{Y}/stages/1"),
    "training.add": Recipe(
        {"hours": "4", "programme": "Школа", "present": FIRST}, kept=("pasted",)
    ),
    "training.change": Recipe(kept=("pasted",)),
    "occasions.change": Recipe(kept=("role-*", "pasted")),
    "week.save": Recipe(kept=("pasted",)),
    "filling.save": Recipe(kept=("pasted",)),
    "years.close": Recipe(before=last_year, page="{made}", role="coordinator"),
    "years.reopen": Recipe(
        REASON, f"{D}/settings/cycles/2019/reopen", "coordinator", after="years.close"
    ),
    "users.all_schools": Recipe(before=new_school, page=f"{D}/settings/users", role="coordinator"),
    "users.disable": Recipe(page=f"{D}/settings/users/2", role="coordinator"),
    "users.enable": Recipe(after="users.disable", page="{before}", role="coordinator"),
    "users.new": Recipe({"login": "dina", "role": "observer"}),
}
