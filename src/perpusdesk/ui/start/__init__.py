"""What is seen before the desk is there: opening, building the demo, and what stands in the way."""
