"""From the source tree to what people install: frozen programs, packages, installers."""
