"""Наставничество: the mentoring programme of a school district."""

__version__ = "0.3.0"
