"""Reading: one file per subject, plain SQL, tuples turned into the domain's values."""
