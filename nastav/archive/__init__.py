"""Reports kept as they were signed: their bytes, their figures, who stood behind them."""
