"""What two devices decided differently, and settling it."""
