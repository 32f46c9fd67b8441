"""The window round the screens: rail, scan box, palette, toasts, chip."""
