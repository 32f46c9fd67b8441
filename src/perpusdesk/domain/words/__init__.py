"""Words as Indonesian readers search them: normal forms, stems, old spellings, names, synonyms."""
