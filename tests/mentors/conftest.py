"""A school with two mentors and a mentee, as the tests of practices have it."""

from tests.practices.conftest import school  # noqa: F401 - a fixture
