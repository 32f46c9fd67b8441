"""The webcam beside the desk: its panel, and what ties the reader to the window."""
