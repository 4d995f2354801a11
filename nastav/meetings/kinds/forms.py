"""The form of a kind of meeting."""

from nastav.district.kinds.forms import OneKind, named, not_offered, place_in_list


class MeetingKindForm(OneKind):
    """A kind of meeting as the coordinator names it."""

    name = named("экскурсия", 60)
    after = place_in_list()
    is_hidden = not_offered("Встречи, у которых этот тип уже стоит, его сохранят.")
