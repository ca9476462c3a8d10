"""Open Referral HSDS 3.0: JSON and tables."""
