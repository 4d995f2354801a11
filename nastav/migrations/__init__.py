"""Alembic: the schema, step by step."""
