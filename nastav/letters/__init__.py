"""Papers of the district: the order on results, letters to schools that are behind; no child is named."""
