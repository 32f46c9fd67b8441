"""What visitors say: messages, questions, wishes, and what is done about them."""
