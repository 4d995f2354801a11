"""What the page of a school's requisites loads, and where it leads."""

from collections.abc import Sequence
from typing import Any

from flask import g, url_for

from nastav.access import Actor
from nastav.district import operations as districts
from nastav.district import queries as district_queries
from nastav.district.models import District, TeamMember
from nastav.district.operations import MemberDetails
from nastav.papers.catalogue import KINDS
from nastav.requisites import cases, queries
from nastav.requisites.forms import COLUMNS, RequisitesForm
from nastav.requisites.records import Requisites
from nastav.requisites.rules import missing


def district() -> District:
    """Return the school's district."""
    found = district_queries.district(g.school.district_id)
    assert found is not None  # noqa: S101 - the door has found it
    return found


def issuer_now() -> str:
    """Return what the order's issuer is called now."""
    return district().order_issuer


def asked(kinds: Sequence[str]) -> list[str] | None:
    """Return what these papers lack; None where no papers are named, and everything is shown."""
    return _lacking(queries.requisites(district(), g.school), kinds) if kinds else None


def asked_of_form(kinds: Sequence[str]) -> list[str] | None:
    """Return what a form for these papers asks, whatever another tab has saved meanwhile.

    Its fields stand in the request: the form is read with all of them that these papers may lack.
    """
    return _lacking(Requisites(), kinds) if kinds else None


def _lacking(known: Requisites, kinds: Sequence[str]) -> list[str]:
    return missing(known, [need for key in kinds for need in KINDS[key].needs])


def onward(kinds: Sequence[str]) -> str:
    """Return the address of the papers, with those ticked that the requisites were asked for."""
    return _for("paperwork.board", kinds)


def asking(kinds: Sequence[str]) -> str:
    """Return the address where what these papers lack is asked; without papers, everything."""
    return _for("requisites.form", kinds)


def _for(endpoint: str, kinds: Sequence[str]) -> str:
    given: dict[str, Any] = {"for": list(kinds)} if kinds else {}
    return url_for(endpoint, **given)


def form_of(keys: Sequence[str] | None) -> RequisitesForm:
    """Return the form with what is saved, and suggestions where nothing is."""
    row = queries.of_school(g.school.id)
    known = row or queries.blank()
    values: dict[str, Any] = {name: getattr(known, name) for name in (*COLUMNS, "version")}
    values = {**values, **_suggested(values), **_whom()}
    shown = RequisitesForm(data=values)
    return _fitted(shown, keys)


def posted(keys: Sequence[str] | None) -> RequisitesForm:
    """Return the form as it was sent; of fields for some papers, those that the page had."""
    sent = RequisitesForm.posted()
    if keys is not None:
        sent.keep_only(keys)
        lost = [name for name in sent.needed if not sent[name].raw_data]
        sent.needed = [name for name in sent.needed if name not in lost]
        sent.drop(lost)
        return sent
    return _fitted(sent, None)


def newer(sent: RequisitesForm) -> RequisitesForm:
    """Return a refused form that «Оставить моё» sends against what is saved now."""
    row, member = queries.of_school(g.school.id), queries.curator(g.school)
    sent.version.data = row.version if row else 0
    if member and sent.shown.data != mark(member) and "name_whom" in sent:
        for name, value in _whom().items():  # of another person: asked anew
            sent[name].data = value
    return sent


def compared(sent: RequisitesForm) -> list[tuple[str, Any, Any]]:
    """Return (label, what was typed, what is saved) of the fields where the two differ."""
    row = queries.of_school(g.school.id) or queries.blank()
    typed = sent.columns
    return [
        (sent[name].label.text, typed[name], getattr(row, name))
        for name in COLUMNS
        if name in typed and typed[name] != getattr(row, name)
    ]


def mark(member: TeamMember) -> str:
    """Return what tells a member with this name and post from any other."""
    return f"{member.id} | {member.name} | {member.post}"


def mark_curator(actor: Actor, member_id: int) -> None:
    """Mark a member of the working group as the school's curator; nothing where it is nobody's id."""
    member = district_queries.member(g.school.district_id, g.school.id, member_id)
    if member is not None and not member.is_curator:
        details = MemberDetails(
            member.name, member.post, member.phone, member.email, is_curator=True
        )
        districts.change_member(actor, member, details, version=member.version)


def _fitted(shown: RequisitesForm, keys: Sequence[str] | None) -> RequisitesForm:
    if keys is not None:
        shown.keep_only(keys)
        if "curator" in keys:
            shown.drop(["name_whom", "post_whom"])  # asked once somebody is marked
        return shown
    gone = ["curator"]  # the working group has a page of its own
    if queries.curator(g.school) is None:
        gone += ["name_whom", "post_whom"]
    if queries.issuer_whom(district()):
        gone.append("issuer_whom")
    shown.drop(gone)
    return shown


def _suggested(values: dict[str, Any]) -> dict[str, str]:
    """Return what is likely for fields that nobody filled yet: typed less, and read before it is saved."""
    row = queries.of_school(g.school.id)
    here = district()
    own = queries.own_issuer(row, here) if row else ""
    found = {"issuer_whom": own or queries.suggested_issuer(here)}
    if row is None:
        found["head_name"] = queries.suggested_head(g.school.id)
        found["head_post"] = "директор"
        found["town"] = here.order_place
    return {name: value for name, value in found.items() if not values.get(name)}


def _whom() -> dict[str, str]:
    """Return «кого?» of the curator: as confirmed, or as suggested for the name and post of now."""
    member = queries.curator(g.school)
    if member is None:
        return {"shown": "", "name_whom": "", "post_whom": ""}
    case = queries.case_of(member)
    name, post = (
        (case.name_whom, case.post_whom)
        if case
        else (cases.name_whom(member.name), cases.post_whom(member.post))
    )
    return {"shown": mark(member), "name_whom": name, "post_whom": post}
