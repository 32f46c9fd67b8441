"""The demo library: a year played by the same services as at a real one."""
