"""The features of the site: which pages there are, and in which order their addresses are asked."""

from nastav.accounts import routes as accounts
from nastav.accounts.users import routes as users
from nastav.audit import routes as audit
from nastav.ballots import public as anonymous
from nastav.ballots import routes as ballots
from nastav.blanks import routes as blanks
from nastav.calendars import routes as calendars
from nastav.consents import routes as consents
from nastav.coverage import routes as coverage
from nastav.coverage import settings as counting
from nastav.coverage.byform import routes as by_form
from nastav.cycles import routes as cycles
from nastav.district import routes as district
from nastav.district.kinds import routes as kinds
from nastav.district.points import routes as points
from nastav.execution import routes as execution
from nastav.feedback import routes as feedback
from nastav.filling import routes as filling
from nastav.gatherings.occasions import routes as occasions
from nastav.gatherings.training import routes as training
from nastav.home import routes as home
from nastav.home.search import routes as search
from nastav.identity.matches import routes as matches
from nastav.identity.matches.within import routes as within
from nastav.identity.transfers import routes as transfers
from nastav.letters import routes as letters
from nastav.loads import routes as loads
from nastav.loads.headings import routes as headings
from nastav.loads.mending import routes as mending
from nastav.matching import routes as matching
from nastav.matching.drafts import routes as drafts
from nastav.meetings import routes as meetings
from nastav.meetings.kinds import routes as meeting_kinds
from nastav.meetings.week import routes as week
from nastav.mentors.awards import routes as awards
from nastav.mentors.profiles import routes as profiles
from nastav.pairs import routes as pairs
from nastav.paperwork import routes as paperwork
from nastav.plan import routes as plan
from nastav.plans import routes as plans
from nastav.practices import routes as practices
from nastav.progress import routes as progress
from nastav.questionnaires.grid import routes as grid
from nastav.questionnaires.paper import routes as paper
from nastav.questionnaires.wording import routes as questionnaires
from nastav.registers.codes import routes as codes
from nastav.registers.pairs import card as pair_card
from nastav.registers.pairs import editing as pair_editing
from nastav.registers.pairs import meeting as pair_meeting
from nastav.registers.pairs import routes as pair_list
from nastav.registers.people import card as person
from nastav.registers.people import entering as person_new
from nastav.registers.people import leaving as person_leaving
from nastav.registers.people import many
from nastav.registers.people import merging as person_merging
from nastav.registers.people import routes as register
from nastav.reports import routes as reports
from nastav.requisites import routes as requisites
from nastav.retention import routes as retention
from nastav.review import routes as review
from nastav.rollup import routes as rollup
from nastav.rollup.selfcheck import routes as district_check
from nastav.samples import routes as samples
from nastav.stages import routes as stages
from nastav.yearend.classes import routes as classes
from nastav.yearend.closing import routes as closing
from nastav.yearend.graduates import routes as graduates
from nastav.years import routes as years

FEATURES = (
    headings,
    home,
    search,
    years,
    reports,
    letters,
    execution,
    requisites,
    blanks,
    rollup,
    district_check,
    review,
    paperwork,
    cycles,
    retention,
    filling,
    stages,
    calendars,
    practices,
    samples,
    ballots,
    anonymous,
    grid,
    paper,
    questionnaires,
    feedback,
    register,
    person_new,
    person,
    person_leaving,
    many,
    person_merging,
    pair_list,
    pair_card,
    pair_editing,
    pair_meeting,
    codes,
    coverage,
    progress,
    by_form,
    counting,
    matches,
    transfers,
    within,
    loads,
    mending,
    plans,
    closing,
    graduates,
    classes,
    matching,
    drafts,
    meetings,
    week,
    meeting_kinds,
    pairs,
    profiles,
    awards,
    training,
    occasions,
    consents,
    plan,
    accounts,
    users,
    district,
    kinds,
    points,
    audit,
)
