"""Forms of the requisites: everything, or only what some papers lack."""

from collections.abc import Collection, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from nastav import terms
from nastav.district.models import TeamMember
from nastav.forms import BaseForm, Filled, RussianDate, VersionField, options, row_id, short

_ASKED: Final = "Без этого бумагу не составить: заполните."
SIGNER: Final = ("acting_name", "acting_post", "acting_until")
COLUMNS: Final = (
    "full_name",
    "short_name",
    "town",
    "address",
    "founder",
    "head_name",
    "head_post",
    *SIGNER,
)
# what is asked of papers (records.FIELDS) → the fields that answer it
ANSWERED_BY: Final = MappingProxyType(
    {
        "place": ("town",),
        "curator": ("curator",),
        "curator_whom": ("name_whom", "post_whom"),
    }
)


def _one_line(text: str | None) -> str | None:
    return " ".join(text.split()) if text else text


class RequisitesForm(BaseForm):
    """The requisites of a school, its curator's «кого?» among them."""

    version = VersionField(default="0")
    shown = HiddenField()  # of which curator, as called then, «кого?» was asked
    full_name = TextAreaField(
        terms.REQUISITES["full_name"],
        [short(500)],
        description="Как в уставе; можно в две строки, так и напечатается.",
    )
    short_name = StringField(
        terms.REQUISITES["short_name"], [short()], description="Например: МБОУ СОШ № 5"
    )
    town = StringField(
        terms.REQUISITES["town"], [short()], description="Например: ст-ца Калининская"
    )
    address = StringField(
        terms.REQUISITES["address"],
        [short(300)],
        description="С индексом; он нужен в согласиях: школа — оператор персональных данных.",
    )
    founder = StringField(
        terms.REQUISITES["founder"],
        [short(300)],
        description="Не обязательно: строка над названием школы.",
    )
    head_name = StringField(
        terms.REQUISITES["head_name"],
        [short()],
        description="Фамилия, имя, отчество: Гончаренко Павел Игоревич",
    )
    head_post = StringField(
        terms.REQUISITES["head_post"],
        [short()],
        description="Директор, и. о. директора, заведующий",
    )
    acting_name = StringField(
        terms.REQUISITES["acting_name"],
        [short()],
        description="Если директор в отпуске или болен; иначе оставьте пустым.",
    )
    acting_post = StringField(
        terms.REQUISITES["acting_post"], [short()], description="Например: и. о. директора"
    )
    acting_until = RussianDate(terms.REQUISITES["acting_until"], description="ДД.ММ.ГГГГ")
    curator = SelectField("Школьный куратор", coerce=row_id, validate_choice=False)
    name_whom = StringField(terms.REQUISITES["name_whom"], [short()])
    post_whom = StringField(terms.REQUISITES["post_whom"], [short(300)])
    issuer_whom = TextAreaField(terms.REQUISITES["issuer_whom"], [short(500)], filters=[_one_line])

    needed: Collection[str] = ()  # fields that have to be filled

    def keep_only(self, asked: Collection[str]) -> None:
        """Leave only the fields that answer what papers lack (`records.FIELDS`); all of them needed."""
        wanted = [name for key in asked for name in ANSWERED_BY.get(key, (key,))]
        for name in [field.name for field in self]:
            if name not in (*wanted, "version", "shown"):
                del self[name]
        self.needed = wanted
        for name in wanted:
            self[name].flags.required = True

    def drop(self, names: Collection[str]) -> None:
        """Take fields off that have no place here."""
        for name in names:
            if name in self:
                del self[name]

    def offer(self, team: Sequence[TeamMember]) -> None:
        """Offer these people as the curator."""
        if "curator" in self:
            named = [(member.id, f"{member.name}, {member.post}") for member in team]
            self.curator.choices = options([(0, "Выберите из рабочей группы"), *named])

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether all is well; what a paper lacks has to be filled, a signer for a time is whole."""
        is_valid = super().validate(extra_validators)
        for name in self.needed:
            if not self[name].data and not self[name].errors:
                self[name].errors = [_ASKED]
                is_valid = False
        return is_valid

    def validate_acting_name(self, field: Any) -> None:
        """Ask who signs where only the post or the day was typed.

        Raises:
            ValidationError: nobody is named.
        """
        if not field.data and (self.acting_post.data or self.acting_until.data):
            raise ValidationError("Укажите, кто подписывает, или очистите два поля ниже.")

    def validate_acting_post(self, field: Any) -> None:
        """Ask for the post of who signs for a time.

        Raises:
            ValidationError: there is none.
        """
        if self.acting_name.data and not field.data:
            raise ValidationError("Укажите должность, например и. о. директора.")

    @property
    def columns(self) -> dict[str, str | date | None]:
        """Return what was typed, by the names of columns."""
        return {
            name: self[name].data or ("" if name != "acting_until" else None)
            for name in COLUMNS
            if name in self
        }


class IssuerForm(BaseForm):
    """«Чьего приказа», for the papers of all schools."""

    version = VersionField(default="0")
    issuer_whom = TextAreaField(
        terms.REQUISITES["issuer_whom"],
        [Filled("Впишите, чей приказ, например: управления образования."), short(500)],
        filters=[_one_line],
    )
