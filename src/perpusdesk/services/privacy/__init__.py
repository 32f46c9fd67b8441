"""Personal data: consents, requests, copies, erasure, and who looked at whom."""
