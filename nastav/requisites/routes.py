"""Pages of the requisites: a school's, with its curator's «кого?», and «чьего приказа» of the district."""

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from nastav import dates, db, htmx
from nastav.access import actor, may, requires
from nastav.district import queries as districts
from nastav.district.models import TeamMember
from nastav.papers.catalogue import KINDS
from nastav.requisites import operations, pages, queries
from nastav.requisites.forms import IssuerForm, RequisitesForm
from nastav.requisites.texts import routes as texts

blueprint = Blueprint("requisites", __name__)
blueprint.register_blueprint(texts.blueprint)


@blueprint.get("/schools/<int:school_id>/<int:cycle>/papers/requisites")
@requires("papers:read")
def form() -> Response:
    """Show the requisites; with `?for=` only what those papers lack. Whoever may not edit reads them."""
    asked = pages.asked(_kinds())
    if asked is not None and not asked and may("papers:edit"):
        return htmx.leave(pages.onward(_kinds()))
    return _page(pages.form_of(asked))


@blueprint.post("/schools/<int:school_id>/<int:cycle>/papers/requisites")
@requires("papers:edit")
def save() -> Response:
    """Save what was typed and lead on to the papers it was asked for."""
    kinds = _kinds()
    sent = pages.posted(pages.asked_of_form(kinds))
    if not sent.validate():
        return _page(sent, 422)
    try:
        _save(sent)
    except db.Conflict:
        return _page(pages.newer(sent), 409)
    if not kinds:
        return htmx.leave(url_for(".form"), "Реквизиты сохранены.")
    if pages.asked(kinds):  # the curator is known only now: «кого?» is asked next
        return htmx.leave(pages.asking(kinds))
    return htmx.leave(pages.onward(kinds), "Реквизиты сохранены.")


def _save(sent: RequisitesForm) -> None:
    """Save every part of the form that it has.

    Raises:
        Conflict: somebody saved the requisites or changed the curator since the form was opened.
    """
    member = queries.curator(g.school)
    if "name_whom" in sent and (member is None or sent.shown.data != pages.mark(member)):
        raise db.Conflict  # before anything is written: «кого?» was asked of somebody else
    values = sent.columns
    if "issuer_whom" in sent:
        values |= {"issuer_whom": sent.issuer_whom.data or "", "issuer": pages.issuer_now()}
    operations.save(actor(), g.school, values, version=sent.version.data)
    if "curator" in sent:
        pages.mark_curator(actor(), sent.curator.data)
    if "name_whom" in sent and member is not None:
        name, post = sent.name_whom.data or "", sent.post_whom.data or ""
        if name or post:
            operations.confirm_case(actor(), member, name, post)


def _kinds() -> list[str]:
    """Return which papers the requisites are asked for (`?for=`), those that there are."""
    return [key for key in dict.fromkeys(request.args.getlist("for")) if key in KINDS]


def _page(shown: RequisitesForm, status: int = 200) -> Response:
    kinds = _kinds()
    member = queries.curator(g.school)
    team: list[TeamMember] = districts.team(g.school.district_id, g.school.id)
    shown.offer(team)
    return htmx.page(
        "requisites/form.html",
        status=status,
        form=shown,
        kinds=[KINDS[key] for key in kinds],
        keys=kinds,
        member=member,
        team=team,
        compared=pages.compared(shown) if status == 409 else None,
        district=pages.district(),
        district_whom=queries.issuer_whom(pages.district()),
        found=queries.requisites(pages.district(), g.school),
        row=queries.of_school(g.school.id) or queries.blank(),
        today=dates.today(),
    )


# --- the district's ---------------------------------------------------------------------------------


@blueprint.route("/districts/<int:district_id>/settings/papers/issuer", methods=["GET", "POST"])
@requires("settings:edit")
def issuer(district_id: int) -> Response:
    """Show and save «чьего приказа», which the orders of all schools print."""
    row = queries.of_district(district_id)
    version = row.version if row else 0
    if request.method == "GET":
        whom = queries.issuer_whom(g.district) or queries.suggested_issuer(g.district)
        return _issuer_page(IssuerForm(data={"version": version, "issuer_whom": whom}))
    sent = IssuerForm.posted()
    if not sent.validate():
        return _issuer_page(sent, 422)
    try:
        whom = sent.issuer_whom.data or ""
        operations.save_issuer(actor(), g.district, whom, version=sent.version.data)
    except db.Conflict:
        sent.version.data = version
        saved = row.issuer_whom if row else ""
        return _issuer_page(sent, 409, [(sent.issuer_whom.label.text, whom, saved)])
    return htmx.leave(url_for(".issuer"), "Сохранено. Так напечатают приказы школ.")


def _issuer_page(
    shown: IssuerForm, status: int = 200, compared: list[tuple[str, str, str]] | None = None
) -> Response:
    known = queries.of_district(g.district.id)
    return htmx.page(
        "requisites/issuer.html",
        status=status,
        form=shown,
        compared=compared,
        district=g.district,
        is_confirmed=bool(queries.issuer_whom(g.district)),
        is_old=known is not None and not queries.issuer_whom(g.district),
    )
