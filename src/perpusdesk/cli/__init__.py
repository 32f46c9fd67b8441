"""The command line: thin over services, one file per group."""
