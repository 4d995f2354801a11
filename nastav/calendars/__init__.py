"""The deadlines of a school as a calendar that a phone or Outlook subscribes to."""
