"""Fixtures of the year's progress: one application for many examples."""

from tests.coverage.conftest import module_app

__all__ = ["module_app"]
