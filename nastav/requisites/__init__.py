"""What a paper's head and signature need and no other page asks: typed once, on the first paper."""
