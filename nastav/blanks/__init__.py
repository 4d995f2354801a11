"""A district's own templates of papers: sent, checked, looked at, put in use; any former one back."""
