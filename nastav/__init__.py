"""Наставничество: the mentoring programme of a school district."""

__version__ = "0.2.0"
