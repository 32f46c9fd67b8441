"""What people contradicted each other in: which kinds there are, and how each can be settled."""
