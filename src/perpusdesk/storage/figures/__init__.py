"""Facts that this device counts from rows, by day and by month: a cache that may be made anew."""
