"""Forms of sign-in and of one's own account."""

from typing import Any

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, Optional, Regexp

from nastav import terms
from nastav.forms import BaseForm, Filled, VersionField, short

MAIL = "Укажите почту целиком, например school5@example.ru."


class SignInForm(BaseForm):
    """Login and password, and where to go afterwards."""

    next = HiddenField()
    tab = HiddenField()
    login = StringField("Логин", [Filled("Введите логин, например school5.")])
    password = PasswordField("Пароль", [Filled("Введите пароль.")])


class PasswordForm(BaseForm):
    """The old password, and the new one twice.

    Every name holds «password»: a page that gives back what was typed leaves such fields out.
    """

    password = PasswordField("Действующий пароль", [Filled("Введите действующий пароль.")])
    new_password = PasswordField("Новый пароль", [Filled("Придумайте новый пароль.")])
    new_password_again = PasswordField(
        "Новый пароль ещё раз",
        [EqualTo("new_password", "Пароли не совпали. Введите новый пароль в оба поля одинаково.")],
    )


class DetailsForm(BaseForm):
    """How a user can be found; post, phone and e-mail stand beside what is overdue."""

    version = VersionField()
    name = StringField(terms.OFFICIAL["name"], [Filled("Укажите фамилию и имя."), short()])
    post = StringField(
        terms.OFFICIAL["post"], [short()], description="Например: заместитель директора по ВР"
    )
    phone = StringField(
        terms.OFFICIAL["phone"], [short(60)], description="Например: 8 (86163) 2-00-00"
    )
    email = StringField(
        terms.OFFICIAL["email"],
        [Optional(), Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+$", message=MAIL), short(120)],
        description="Например: school5@example.ru",
    )

    def details(self) -> dict[str, str]:
        """Return what was typed, by the fields of an account."""
        fields = {"name": self.name, "post": self.post, "phone": self.phone, "email": self.email}
        return {key: field.data or "" for key, field in fields.items()}

    def take_version(self, saved: Any) -> list[tuple[str, str]]:
        """Have the form, sent again, write over what was saved meanwhile; return that, labelled."""
        self.version.data = saved.version
        return [
            (str(self[key].label.text), getattr(saved, key) or "не указано")
            for key in self.details()
        ]
