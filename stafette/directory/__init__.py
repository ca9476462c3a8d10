"""The room directory."""
