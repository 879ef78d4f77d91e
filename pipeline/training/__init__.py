"""The recipe that makes the weights in models/tagger: examples from gold, the network, learning, export and calibration."""
