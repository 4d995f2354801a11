"""Journeys of pages.md in real Chromium."""
