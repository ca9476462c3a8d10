"""XZuFi of the FIM building block services."""
