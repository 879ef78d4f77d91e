"""The morning brief: what changed in the register, on one page of at most twenty lines."""
