"""The measuring frame: what sets up, repeats, compares and prints."""
