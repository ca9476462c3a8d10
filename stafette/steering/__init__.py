"""The room steering."""
