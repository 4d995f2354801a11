"""Наставничество: the mentoring programme of a school district."""

__version__ = "0.3.0"

import gc

# What loads stays: walking it at every 700th object made was a seventh of a start. Requests make some
# thousands, so the collector still comes by every few of them.
gc.set_threshold(20_000, 10, 10)
