"""Groups of passages and claims that are about the same thing, and their labels."""
