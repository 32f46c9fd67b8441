"""The sticker studio: what waits to be printed, how it looks on the sheet, and printing it."""
