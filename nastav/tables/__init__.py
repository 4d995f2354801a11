"""Tables of schools as rows whose cells have names: heading, sheets, hidden rows, what is nobody's."""
