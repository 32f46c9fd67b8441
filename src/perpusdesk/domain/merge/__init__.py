"""The one home of the fold: ops into state."""
