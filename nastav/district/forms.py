"""Forms of a working group and of the order's requisites."""

from dataclasses import fields
from typing import Any, TypeVar

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Optional, Regexp

from nastav.district.operations import MemberDetails, OrderDetails
from nastav.forms import BaseForm, Filled, RussianDate, VersionField, short

MAIL = "Укажите почту целиком, например school5@example.ru."
Details = TypeVar("Details", MemberDetails, OrderDetails)


class MemberForm(BaseForm):
    """A member of a working group: an official, seen by the whole district."""

    version = VersionField(default="0")
    name = StringField("Фамилия, имя, отчество", [Filled("Укажите фамилию и имя."), short()])
    post = StringField(
        "Должность",
        [Filled("Укажите должность, например заместитель директора по ВР."), short(300)],
    )
    phone = StringField("Телефон", [short(60)], description="Например: 8 (86163) 2-00-00")
    email = StringField(
        "Электронная почта",
        [Optional(), Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+$", message=MAIL), short(120)],
    )


class SchoolMemberForm(MemberForm):
    """A member of a school's working group, who may be its curator."""

    is_curator = BooleanField(
        "Школьный куратор", description="Куратор в школе один: с прежнего отметка снимется."
    )


class OrderForm(BaseForm):
    """The requisites of the order, as printed on sheets and in workbooks."""

    version = VersionField()
    order_number = StringField("Номер приказа", [Filled("Укажите номер, например 428."), short(40)])
    order_date = RussianDate("Дата приказа", [Filled("Укажите дату приказа.")])
    order_place = StringField("Место издания", [Filled("Укажите место издания."), short()])
    order_issuer = StringField("Кто издал", [Filled("Укажите, кто издал приказ."), short(500)])
    order_subject = TextAreaField("О чём приказ", [Filled("Укажите, о чём приказ."), short(500)])
    signed_by = StringField("Кто подписал", [Filled("Укажите, кто подписал приказ."), short()])
    coordinator = StringField(
        "Муниципальный координатор", [Filled("Укажите фамилию, имя, отчество."), short()]
    )
    coordinator_post = StringField(
        "Должность координатора", [Filled("Укажите должность координатора."), short(300)]
    )


def details(form: BaseForm, kind: type[Details]) -> Details:
    """Return what was typed as operations take it; a field that the form lacks has its default."""
    given = [one.name for one in fields(kind) if one.name in form]
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
