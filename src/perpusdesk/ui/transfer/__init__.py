"""Moving data in and out: files are tried first, taken in beside the desk's work, and undone."""
