"""The room retention: deletion by declared periods."""
