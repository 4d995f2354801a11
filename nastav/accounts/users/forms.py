"""Forms of the district's accounts."""

from wtforms import SelectField, StringField

from nastav import terms
from nastav.access import ROLE_LABELS
from nastav.accounts.forms import DetailsForm
from nastav.forms import BaseForm, Filled, short


class NewUserForm(BaseForm):
    """A new account; its password is generated and shown once."""

    login = StringField(
        "Логин",
        [Filled("Укажите логин, например school5."), short(40)],
        description="Латинские буквы, цифры, точка, дефис; например school5",
    )
    role = SelectField("Роль", choices={role.value: label for role, label in ROLE_LABELS.items()})
    school_id = SelectField("Школа", coerce=lambda value: int(value or 0), default=0)
    name = StringField(terms.OFFICIAL["name"], [short()])
    post = StringField(terms.OFFICIAL["post"], [short()])


class UserForm(DetailsForm):
    """The details of another's account: its name may be left for the owner to fill in."""

    name = StringField(terms.OFFICIAL["name"], [short()])
