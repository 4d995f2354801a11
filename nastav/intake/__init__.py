"""Tables that people bring: inspected, read in a process of its own, given on as plain text."""

import os

# python-docx brings lxml along, and openpyxl would take it; what strangers send is read by the parser that
# the limits of this room were tried on
os.environ["OPENPYXL_LXML"] = "False"
