"""What did we just read? Keys of scanners, pictures of cameras and files, and what they mean."""
