"""Surveys: the list and the results, building forms, typing paper forms, answering."""
