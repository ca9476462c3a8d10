"""Forms of the oversight: plain fields, cleaned_data is what the commands take."""
