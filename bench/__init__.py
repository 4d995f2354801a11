"""How fast the site is: the processor's time beside the machine's limits (docs/performance.md)."""
