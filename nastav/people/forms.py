"""Forms of the registers: a person typed one by one."""

from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    SelectField,
    StringField,
)
from wtforms.validators import ValidationError

from nastav import classes, dates, ru, terms
from nastav.forms import (
    BaseForm,
    Filled,
    RussianDate,
    VersionField,
    WholeNumber,
    not_in_future,
    options,
    short,
)
from nastav.people.codes import rules as codes
from nastav.people.models import (
    KIND_LABELS,
    KINDS_OF_PART,
    TEXTS,
    Kind,
    Part,
    Participation,
    Person,
    texts_of,
)
from nastav.people.rows import AgeGroup, SchoolClass
from nastav.people.rules import NewPerson

# neutral words only: never health, family or behaviour (rules.md#names-stay-in-the-school)
NEEDS = ("учёба", "адаптация", "профориентация", "проект", "творчество", "спорт", "общение")
# who named a mentee (rules.md#names-stay-in-the-school); other text may be typed
SOURCES = ("родители", "классный руководитель", "психолог", "профтест", "сам")
USUAL = {"need": NEEDS, "source": SOURCES}  # what is offered for a text of a mentee
YOUNG = "молодой педагог"


YOUNGEST = 4  # full years, of a pupil in a group


def first_of_september() -> date:
    """Return the day that counting asks the age of: 1 September of this school year."""
    return dates.cycle_bounds(dates.cycle_of(dates.today()))[0]


class SchoolClassField(StringField):
    """A class as people type it: (grade, letter), or None."""

    data: Any

    def process_formdata(self, valuelist: Any) -> None:
        """Turn the text into grade and letter.

        Raises:
            ValueError: with the sentence of `classes.parse_class`.
        """
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if text:
            try:
                self.data = classes.parse_class(text)
            except classes.BadClass as error:
                raise ValueError(f"{error}.") from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return classes.class_name(*self.data) if self.data else ""


_SURNAME = Filled("Укажите фамилию, например Петрова.")
_GIVEN_NAME = Filled("Укажите имя, например Ирина.")


def _in_letters(form: "PersonForm", field: Field) -> None:
    text = field.data or ""
    if text in form.names:
        return  # what is saved may stay
    if any(map(str.isdigit, text)):
        raise ValidationError("Фамилию, имя и отчество пишут без цифр; класс — в поле «Класс».")
    if text and not ru.search_key(text):
        raise ValidationError("Фамилию и имя пишут буквами, например Петрова Ирина.")


def _without_dash(text: str | None) -> str | None:
    return text if text and ru.search_key(text) else ""  # «-» says that there is none


_NAME: list[Any] = [_in_letters, short(100)]


class CodeField(StringField):
    """A school's code of a pupil; what looks like a name is refused."""

    data: Any

    def pre_validate(self, form: Any) -> None:
        """Keep the code as it is stored.

        Raises:
            ValidationError: with the sentence of `codes.rules.read_code`.
        """
        if self.data:
            try:
                self.data = codes.read_code(self.data)
            except codes.BadCode as mistake:
                raise ValidationError(str(mistake)) from None


class PersonForm(BaseForm):
    """Somebody in a register; `part` decides who they may be.

    Where a pupil may be kept by a code, `for_part` leaves the field of the code, and the names are then
    an adult's; else there is no such field.
    """

    code = CodeField(terms.PERSON["code"], description=codes.HINT)
    surname = StringField(terms.PERSON["surname"], [_SURNAME, *_NAME])
    given_name = StringField(terms.PERSON["given_name"], [_GIVEN_NAME, *_NAME])
    patronymic = StringField(terms.PERSON["patronymic"], _NAME, filters=[_without_dash])
    kind = SelectField(
        terms.PERSON["kind"], coerce=Kind, description="У ученика — класс или группа и возраст."
    )
    school_class = SchoolClassField(terms.PERSON["class"], description="Например, 7 «А» или 11.")
    group_name = StringField(
        terms.PERSON["group_name"], [short(60)], description="Где классов нет: «Вокал», ТМ-21."
    )
    age = WholeNumber(terms.PERSON["age"], most=60, description="Полных лет, если нет класса.")
    aged_on = RussianDate(
        terms.PERSON["aged_on"],
        [not_in_future],
        description="Пусто — 1 сентября этого учебного года.",
    )
    post = StringField(terms.PERSON["post"], [short(200)], description="Для взрослых.")
    need = StringField(
        terms.PERSON["need"],
        [short(200)],
        description="Чем помочь, нейтрально: без сведений о здоровье, семье и поведении.",
    )
    source = StringField(
        terms.PERSON["source"],
        [short(100)],
        description="От кого запрос: родители, психолог, сам. Без имён.",
    )
    expected_result = StringField(
        terms.PERSON["expected_result"],
        [short(300)],
        description="Чего ждут от программы, например: не ниже «4» по математике.",
    )
    joined = RussianDate(
        terms.PERSON["joined"],
        [Filled("Укажите дату вхождения, например 01.09.2020."), not_in_future],
        description="Дата вхождения в программу, например 01.09.2020.",
    )
    version = VersionField()
    person_version = VersionField()
    uses_codes = False  # what the district decided
    names = saved_name = ("", "", "")  # that are saved; of a pupil who is kept by name

    def for_part(
        self, part: Part, *, uses_codes: bool = False, saved: Person | None = None
    ) -> None:
        """Offer who a person of this part may be, and ask a code where there is one or must be one.

        Args:
            part: whose register.
            uses_codes: whether the district keeps its pupils by codes.
            saved: who is edited, None for somebody new.
        """
        labels = KIND_LABELS | ({Kind.TEACHER: YOUNG} if part is Part.MENTEE else {})
        self.kind.choices = options((kind, labels[kind]) for kind in KINDS_OF_PART[part])
        if saved:
            self.names = (saved.surname, saved.given_name, saved.patronymic)
        if not uses_codes and not (saved and saved.is_coded):
            del self.code
            return
        self.uses_codes = uses_codes
        if saved and saved.kind is Kind.PUPIL and not saved.is_coded:
            self.saved_name = self.names
        for field in (self.surname, self.given_name):
            field.validators = _NAME
            field.flags.required = False

    @property
    def texts(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the field of each text of a mentee, with what is usually typed there."""
        return [(name, USUAL.get(name, ())) for name in TEXTS]

    @property
    def is_coded(self) -> bool:
        """Tell whether a pupil's code was typed."""
        return bool(self.code and self.code.data) and self.kind.data is Kind.PUPIL

    @property
    def _typed_name(self) -> tuple[str, str, str]:
        fields = (self.surname, self.given_name, self.patronymic)
        first, second, third = (field.data or "" for field in fields)
        return first, second, third

    def validate_code(self, field: Field) -> None:
        """Ask a pupil's code and no name; what is saved as a name may stay.

        Raises:
            ValidationError: with how to mend it.
        """
        if self.kind.data is not Kind.PUPIL:
            return  # an adult is entered by name
        typed, name = bool(field.data), self._typed_name
        is_named = any(name) and name != self.saved_name
        if is_named and (typed or self.uses_codes):
            raise ValidationError(codes.NO_NAME if self.uses_codes else codes.ONE)
        if not typed and not any(name):
            raise ValidationError(codes.ASKED)

    def validate_surname(self, field: Field) -> None:
        """Ask the surname of whoever is entered by name.

        Raises:
            StopValidation: with an example.
        """
        if self.code is not None and not self.is_coded and self._wants_name():
            _SURNAME(self, field)

    def validate_given_name(self, field: Field) -> None:
        """Ask the first name of whoever is entered by name.

        Raises:
            StopValidation: with an example.
        """
        if self.code is not None and not self.is_coded and self._wants_name():
            _GIVEN_NAME(self, field)

    def _wants_name(self) -> bool:
        return self.kind.data is not Kind.PUPIL or any(self._typed_name)

    def validate_school_class(self, field: Field) -> None:
        """Ask a pupil's class, or the group with an age.

        Raises:
            ValidationError: neither was given.
        """
        is_pupil = self.kind.data == Kind.PUPIL
        is_said = field.data is not None or self.age.data is not None
        if is_pupil and not is_said and not field.errors and not field.process_errors:
            raise ValidationError(
                "Укажите класс ученика, например 7 «А» или 11; где классов нет — возраст."
            )

    def validate_age(self, field: Field) -> None:
        """Refuse the age of nobody.

        Raises:
            ValidationError: it is too low.
        """
        if field.data is not None and field.data < YOUNGEST:
            raise ValidationError(f"Возраст — от {YOUNGEST} полных лет.")

    def person(self, same_as: int | None = None) -> NewPerson:
        """Return what was typed."""
        is_pupil = self.kind.data is Kind.PUPIL
        grade, letter = (self.school_class.data if is_pupil else None) or (None, "")
        name = (self.code.data, "", "") if self.is_coded else self._typed_name
        texts: dict[str, Any] = {key: self[key].data or "" for key in TEXTS}
        return NewPerson(
            surname=name[0],
            given_name=name[1],
            patronymic=name[2],
            kind=self.kind.data,
            grade=grade,
            letter=letter,
            group_name=self.group_name.data or "" if is_pupil else "",
            age=self.age.data if is_pupil else None,
            aged_on=self.aged_on.data or first_of_september() if self.age.data else None,
            post="" if is_pupil else self.post.data or "",
            joined=self.joined.data,
            same_as=same_as,
            **texts,
        )


def saved_form(
    row: Participation,
    known: SchoolClass | None,
    group: AgeGroup | None = None,
    *,
    uses_codes: bool = False,
) -> PersonForm:
    """Return the form filled with what is saved."""
    person = row.person
    name = ("", "") if person.is_coded else (person.surname, person.given_name)
    own_class = (known.grade_in(dates.cycle_of(dates.today())), known.letter) if known else None
    form = PersonForm(
        data={
            "code": person.surname if person.is_coded else "",
            "surname": name[0],
            "given_name": name[1],
            "patronymic": person.patronymic,
            "kind": person.kind,
            "school_class": own_class,
            "group_name": group.name if group else "",
            "age": group.age if group else None,
            "aged_on": group.aged_on if group else None,
            "post": person.post,
            **texts_of(row),
            "joined": row.joined,
            "version": row.version,
            "person_version": person.version,
        }
    )
    form.for_part(row.part, uses_codes=uses_codes, saved=person)
    return form


class NewPersonForm(PersonForm):
    """A new line of a register, with the questions that a namesake raises."""

    is_other = BooleanField("Это другой ребёнок или взрослый с тем же именем")
    again = HiddenField()  # id of the line that is the same child's, «0» for another child
    same_as = HiddenField()  # id of the person, «0» for somebody else; empty while not asked
