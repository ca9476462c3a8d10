"""What every room stands on: who acts, what they may do, when it is, and how rows are guarded."""
