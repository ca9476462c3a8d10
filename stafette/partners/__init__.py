"""The room partners: schools, doctors, charities, employers and landlords that answer without an account."""
