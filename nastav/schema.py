"""Every table of the site in one place, so that migrations and the guards see them all."""

from nastav import versions
from nastav.accounts import models as accounts
from nastav.accounts.devices import models as devices
from nastav.archive import models as archive
from nastav.audit import models as audit
from nastav.ballots import models as links
from nastav.blanks import models as blanks
from nastav.calendars import models as calendars
from nastav.consents import models as consents
from nastav.db import db
from nastav.district import models as district
from nastav.district.kinds import models as kinds
from nastav.feedback import models as feedback
from nastav.feedback.swot import models as swot
from nastav.gatherings.occasions import models as occasions
from nastav.gatherings.training import models as training
from nastav.identity.merging import models as merging
from nastav.loads import models as loads
from nastav.loads.headings import models as headings
from nastav.meetings import models as meetings
from nastav.mentors.awards import models as rewards
from nastav.mentors.profiles import models as profiles
from nastav.pairs import models as pairs
from nastav.paperwork import models as papers
from nastav.people import models as people
from nastav.people.changes import models as changes
from nastav.plan import models as plan
from nastav.plans import models as pair_plans
from nastav.practices import models as practices
from nastav.requisites import models as requisites
from nastav.requisites.texts import models as school_texts
from nastav.samples import models as samples
from nastav.stages import models as stages
from nastav.yearend.classes import models as classes

FEATURES = (
    accounts,
    archive,
    audit,
    blanks,
    calendars,
    changes,
    classes,
    consents,
    devices,
    district,
    feedback,
    headings,
    links,
    swot,
    kinds,
    loads,
    meetings,
    merging,
    occasions,
    pairs,
    pair_plans,
    papers,
    people,
    plan,
    practices,
    requisites,
    samples,
    profiles,
    rewards,
    school_texts,
    stages,
    training,
    versions,
)
METADATA = db.metadata
