"""The settings of this device, and the rules of the library."""
