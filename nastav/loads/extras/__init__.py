"""What comes in the same table as a register: a person's consent, a mentor's profile."""
