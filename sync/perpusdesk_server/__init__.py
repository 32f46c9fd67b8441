"""The central server and LAN hub (its work begins with the exchange of devices)."""
