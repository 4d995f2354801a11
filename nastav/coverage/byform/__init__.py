"""Охват по формам наставничества: what a monitoring asks of a school and of the district, for any date."""
