"""Moving ops between devices."""
