"""The library's rules: pure functions and frozen dataclasses."""
