"""The library itself: opening it, its branches, devices, rules and closed days."""
