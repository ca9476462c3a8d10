"""The room protection."""
