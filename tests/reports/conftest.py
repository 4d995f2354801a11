"""A district with something in every part of the book."""

from tests.execution.conftest import district

__all__ = ["district"]
