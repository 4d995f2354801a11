"""Journeys in real Chromium (docs/quality.md)."""
