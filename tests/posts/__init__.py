"""Every form that posts, found by the routes there are: mutated bodies, two tabs, control characters."""
