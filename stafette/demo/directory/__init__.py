"""The directories of the sample towns."""

from stafette.demo.directory.loading import entries, load_directory

__all__ = ["entries", "load_directory"]
