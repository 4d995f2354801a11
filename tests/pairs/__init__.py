"""Pairs and groups."""
