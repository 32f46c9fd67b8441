"""Serials: subscriptions, and the issues that come or are missed."""
