"""The interface for other programs: the public part of the directory after HSDS 3.0, read only, without login."""
