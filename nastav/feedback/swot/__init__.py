"""SWOT-анализ: strengths, weaknesses, opportunities and threats of a form of mentoring in a school."""
