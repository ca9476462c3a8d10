"""The room rights: what a person can demand, each request with its clock."""
