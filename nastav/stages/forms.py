"""What the forms of stages share: dates read in the page's school year."""

from typing import Any

from nastav.forms import BaseForm


class SchoolYearForm(BaseForm):
    """A form whose dates without a year belong to the school year given as `school_year`."""

    def process(
        self,
        formdata: Any = None,
        obj: Any = None,
        data: Any = None,
        extra_filters: Any = None,
        **kwargs: Any,
    ) -> None:
        """Tell the date fields their school year, then read what was sent."""
        year = kwargs.pop("school_year", None)
        for field in self:
            if hasattr(field, "school_year"):
                field.school_year = year
        super().process(formdata, obj, data=data, extra_filters=extra_filters, **kwargs)
