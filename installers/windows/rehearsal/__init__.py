"""The Windows program's whole life, played under Wine: see ``docs/developers/rehearsal.md``.

What is built here stands on home-made parts and is NOT for distribution: a released program is
frozen on a real Windows with the same specification and the same installer script.
"""
