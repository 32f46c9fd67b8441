"""Stock-takes: begun, scanned, ended and put on paper."""
