"""The room properties."""
