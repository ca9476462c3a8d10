"""What is fast, measured against what a town would use instead: `make bench`."""
