"""From a spaCy Doc to records: entities, agreements, claims."""
