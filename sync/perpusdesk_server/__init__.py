"""The central server and the LAN hub: the desk's own storage and fold, listening over HTTP."""
