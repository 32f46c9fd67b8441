"""The server as people install it: frozen, as a Debian package, and as a folder to unpack."""
