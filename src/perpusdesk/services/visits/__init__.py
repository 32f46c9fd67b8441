"""Visitors: guest book, kiosk, groups, bookings, rooms and a van's stops."""
