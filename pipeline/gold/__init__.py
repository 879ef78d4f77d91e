"""Gold: articles with their answers marked by people; one file each, read strictly to records with offsets."""
