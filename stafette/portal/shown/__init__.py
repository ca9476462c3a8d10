"""What the public pages show, in plain values: words with their language, hours of the next days, a service whole."""
