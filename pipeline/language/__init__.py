"""What spaCy sees and knows: cleaning, the model, names, dates."""
