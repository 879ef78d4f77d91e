"""What leaves the house: JSON and later other formats."""
