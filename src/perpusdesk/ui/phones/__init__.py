"""The tab of forms on visitors' phones: on and off, where they are, the code that opens them."""
