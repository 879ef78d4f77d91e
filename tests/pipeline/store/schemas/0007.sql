-- Of which source it is what failed.
UPDATE quarantine SET source = 'post';
