"""Members: found, shown, registered, changed, blocked and made one."""
