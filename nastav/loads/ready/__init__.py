"""Ready pairs: rows that name both sides become draft pairs in the same load."""
