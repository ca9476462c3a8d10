"""The room casework: notes about a family; what was entrusted is sealed."""
