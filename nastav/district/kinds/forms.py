"""The form of a kind that a district names, and that of a form of mentoring."""

from collections.abc import Sequence

from wtforms import BooleanField, SelectField, StringField

from nastav import terms
from nastav.district.kinds.models import DistrictKind
from nastav.forms import BaseForm, Filled, VersionField, options, row_id, short


class OneKind(BaseForm):
    """A kind as the coordinator names it; `after` where the district may order them."""

    version = VersionField(default="0")
    name: StringField
    after: SelectField | None = None
    is_hidden: BooleanField

    def place(self, kind: DistrictKind, rows: Sequence[DistrictKind], *, saved: bool) -> None:
        """Put in where the kind can stand among the district's others, and where it stands if `saved`."""
        if self.after is None:
            return
        others = [(row.id, f"после «{row.name}»") for row in rows if row.id != kind.id]
        self.after.choices = options([(0, "первым"), *others])
        if saved:
            before = [row.id for row in rows[: rows.index(kind)]]
            self.after.data = before[-1] if before else 0


def named(example: str, limit: int, hint: str = "") -> StringField:
    """Return the field of the name."""
    asked = Filled(f"Укажите название, например «{example}».")
    return StringField("Название", [asked, short(limit)], description=hint)


def place_in_list() -> SelectField:
    """Return the field of the place; its choices are put in by `place`."""
    return SelectField("Место в списке", coerce=row_id, validate_choice=False, default=0)


def not_offered(hint: str) -> BooleanField:
    """Return the field that takes a kind off the lists."""
    return BooleanField(terms.KIND["is_hidden"], description=hint)


class PairKindForm(OneKind):
    """A form of mentoring."""

    name = named("выпускник – ученик", 100, "Кто наставник – кто наставляемый.")
    is_hidden = not_offered("Пары, у которых эта форма уже стоит, её сохранят.")
