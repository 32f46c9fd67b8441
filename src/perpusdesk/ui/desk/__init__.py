"""The circulation desk."""
