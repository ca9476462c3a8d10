"""The room intake."""
