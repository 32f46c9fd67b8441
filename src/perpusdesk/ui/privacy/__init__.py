"""Personal data by law: requests with their clock, who looked at whom, breaches, the rules."""
