"""Control by sample: some pairs drawn by lot, whose papers the coordinator looks at."""
