"""The screen of visits: the guest book, groups and what visitors say."""
