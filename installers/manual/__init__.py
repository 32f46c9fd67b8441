"""The manual's pictures: made by the program itself, at a date and a clock that stand still."""
