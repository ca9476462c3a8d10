"""The room referrals."""
