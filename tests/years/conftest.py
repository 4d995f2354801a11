"""A school with two mentors, three mentees and one group."""

from tests.support.school import saved, school  # noqa: F401 - fixtures
