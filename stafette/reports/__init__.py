"""The room reports: the data protection papers."""
