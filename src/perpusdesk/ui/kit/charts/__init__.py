"""Charts that can be read in black and white, by keyboard, and as tables.

Each is painted from tokens alone. Marks are told apart by pattern and by words beside them, never
by colour alone; every chart has a twin that says the same as a table (``card.ChartCard``).
"""
