"""The conflict desk: what devices contradicted each other in, one question at a time."""
