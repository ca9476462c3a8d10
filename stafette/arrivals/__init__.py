"""The room arrivals."""
