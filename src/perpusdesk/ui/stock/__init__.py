"""The stock: copies on their way, weeding, the accession register, counting the shelves."""
