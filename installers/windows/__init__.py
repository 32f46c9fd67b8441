"""The Windows program: frozen, in an installer, on a stick, and rehearsed under Wine."""
