"""HTTP in and out of the arrivals room."""
