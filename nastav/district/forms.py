"""Forms of a working group and of the order's requisites."""

from dataclasses import fields
from typing import Any, TypeVar

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Optional, Regexp

from nastav import terms
from nastav.district.operations import MemberDetails, OrderDetails
from nastav.forms import BaseForm, Filled, RussianDate, VersionField, short

MAIL = "Укажите почту целиком, например school5@example.ru."
Details = TypeVar("Details", MemberDetails, OrderDetails)


class MemberForm(BaseForm):
    """A member of a working group: an official, seen by the whole district."""

    version = VersionField(default="0")
    name = StringField(terms.OFFICIAL["name"], [Filled("Укажите фамилию и имя."), short()])
    post = StringField(
        terms.OFFICIAL["post"],
        [Filled("Укажите должность, например заместитель директора по ВР."), short(300)],
    )
    phone = StringField(
        terms.OFFICIAL["phone"], [short(60)], description="Например: 8 (86163) 2-00-00"
    )
    email = StringField(
        terms.OFFICIAL["email"],
        [Optional(), Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+$", message=MAIL), short(120)],
    )


class SchoolMemberForm(MemberForm):
    """A member of a school's working group, who may be its curator."""

    is_curator = BooleanField(
        terms.OFFICIAL["is_curator"],
        description="Куратор в школе один: с прежнего отметка снимется.",
    )


class OrderForm(BaseForm):
    """The requisites of the order, as printed on sheets and in workbooks."""

    version = VersionField()
    order_number = StringField(
        terms.ORDER["order_number"], [Filled("Укажите номер, например 428."), short(40)]
    )
    order_date = RussianDate(terms.ORDER["order_date"], [Filled("Укажите дату приказа.")])
    order_place = StringField(
        terms.ORDER["order_place"], [Filled("Укажите место издания."), short()]
    )
    order_issuer = StringField(
        terms.ORDER["order_issuer"], [Filled("Укажите, кто издал приказ."), short(500)]
    )
    order_subject = TextAreaField(
        terms.ORDER["order_subject"], [Filled("Укажите, о чём приказ."), short(500)]
    )
    signed_by = StringField(
        terms.ORDER["signed_by"], [Filled("Укажите, кто подписал приказ."), short()]
    )
    coordinator = StringField(
        terms.ORDER["coordinator"], [Filled("Укажите фамилию, имя, отчество."), short()]
    )
    coordinator_post = StringField(
        terms.ORDER["coordinator_post"], [Filled("Укажите должность координатора."), short(300)]
    )


def details(form: BaseForm, kind: type[Details]) -> Details:
    """Return what was typed as operations take it; a field that the form lacks has its default."""
    given = [field.name for field in fields(kind) if field.name in form]
    typed: dict[str, Any] = {name: form[name].data or "" for name in given}
    if "is_curator" in typed:
        typed["is_curator"] = bool(typed["is_curator"])
    return kind(**typed)


def differences(form: BaseForm, row: object) -> list[tuple[str, Any, Any]]:
    """Return (label, what was typed, what is saved) of the fields where the two are not the same."""
    return [
        (field.label.text, field.data or "", getattr(row, field.name) or "")
        for field in form
        if field.name != "version" and (field.data or "") != (getattr(row, field.name) or "")
    ]
