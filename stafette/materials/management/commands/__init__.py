"""Commands of the materials on the command line."""
