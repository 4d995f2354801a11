"""security.md#p1: no column that can hold text without a decision whether it is personal."""

from sqlalchemy import JSON, Enum, LargeBinary, String

from nastav import privacy, schema


def text_columns() -> set[str]:
    return {
        f"{table.name}.{column.name}"
        for table in schema.METADATA.tables.values()
        for column in table.columns
        if isinstance(column.type, String | JSON | LargeBinary)
        and not isinstance(column.type, Enum)
    }


def test_every_text_column_is_either_personal_or_plain() -> None:
    personal = [name for field in privacy.personal_fields() for name in field.columns]
    known = [*personal, *privacy.plain_columns()]
    assert len(known) == len(set(known)), "a column is named twice"
    assert text_columns() == set(known)


def test_each_personal_field_says_whose_it_is_what_for_and_how_long() -> None:
    assert privacy.personal_fields()
    for field in privacy.personal_fields():
        assert field.whose <= privacy.WHOSE
        assert field.what
        assert field.purpose
        assert field.keep
