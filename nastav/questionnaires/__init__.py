"""TODO term and one sentence."""
