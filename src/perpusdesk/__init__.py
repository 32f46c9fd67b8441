"""PerpusDesk: the library desk that never stops."""

__version__ = "0.1.0"
