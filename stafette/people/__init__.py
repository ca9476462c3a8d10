"""The room people."""
