"""The form of an occasion, with what each of those ticked did there."""

from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import ValidationError

from nastav import ru
from nastav.forms import Filled, options, short
from nastav.gatherings.forms import GatheringForm, day_held, who_took_part
from nastav.gatherings.occasions.models import SPHERES, Sphere

LONGEST = 200  # of a role
PHRASES = (
    "участник",
    "победитель",
    "призёр",
    "организатор",
    "волонтёр",
    "ведущий",
    "выступил с докладом",
)


class OccasionForm(GatheringForm):
    """What was held, and who took part as what."""

    held_on = day_held("мероприятия")
    sphere = SelectField(
        "Направление",
        choices=options((sphere.value, text) for sphere, text in SPHERES.items()),
        default=Sphere.SOCIAL.value,
    )
    name = StringField(
        "Название",
        [Filled("Укажите название, например «Школьная научная конференция»."), short(300)],
        description="Без имён детей.",
    )
    present = who_took_part()

    def validate_present(self, field: SelectMultipleField) -> None:
        """Ask for somebody, and for short roles.

        Raises:
            ValidationError: nobody is ticked, or a role is too long.
        """
        if not field.data:
            raise ValidationError("Отметьте хотя бы одного участника.")
        longest = max(len(self.as_what.get(person_id, "")) for person_id in field.data)
        if longest > LONGEST:
            raise ValidationError(f"Роль или результат. {ru.too_long(longest, LONGEST)}")
