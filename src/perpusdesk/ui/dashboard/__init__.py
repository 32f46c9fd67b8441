"""The dashboard: the figures of a month as charts, and the lists behind them."""
