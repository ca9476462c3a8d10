"""Event → reaction, and what stands in the navigation: all on one page. Nobody else calls react() or register()."""


def connect() -> None:
    """Tie the rooms together; called once when all apps are loaded."""
