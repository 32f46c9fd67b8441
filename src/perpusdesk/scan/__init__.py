"""What did we just read?"""
