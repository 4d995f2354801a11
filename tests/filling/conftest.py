"""The stand of the stages' tests, for their table."""

from tests.stages.conftest import stand  # noqa: F401 - a fixture
