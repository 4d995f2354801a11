"""The filter of the district's self-check."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from nastav.forms import BaseForm
from nastav.rollup.selfcheck.rules import Asked
from nastav.stages.records import StageHead


class AskedForm(BaseForm):
    """Of which school and stage to show the self-check; sent by GET, so that the page can be mailed."""

    school = SelectField("Школа")
    stage = SelectField("Этап")

    def __init__(
        self, *args: Any, names: Mapping[int, str], stages: Sequence[StageHead], **kwargs: Any
    ) -> None:
        self.names, self.stages = names, stages
        super().__init__(*args, **kwargs)

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Offer the district's schools and the year's stages."""
        every = SelectChoice("", "все")
        schools = (SelectChoice(str(id_), name) for id_, name in self.names.items())
        stages = (SelectChoice(str(stage.ordinal), stage.roman) for stage in self.stages)
        self.school.choices, self.stage.choices = [every, *schools], [every, *stages]
        super().process(*args, **kwargs)

    def asked(self) -> Asked:
        """Return what was asked for; what is not among the choices asks for everything."""
        return Asked(_chosen(self.stage), _chosen(self.school))


def _chosen(field: SelectField) -> int | None:
    offered = {value for value, *_ in field.iter_choices()}
    return int(field.data) if field.data and field.data in offered else None
