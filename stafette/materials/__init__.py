"""The room materials."""
