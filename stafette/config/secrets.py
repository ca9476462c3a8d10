"""The key that signs sessions: from the environment, or made once and kept beside the private database."""

import contextlib
import os

from django.utils.crypto import get_random_string

from stafette.config.postgres_places import data_folder, own_folder


def secret_key() -> str:
    """Return STAFETTE_SECRET_KEY, or a random key kept in the data folder, readable by its owner only."""
    if key := os.environ.get("STAFETTE_SECRET_KEY"):
        return key
    path = data_folder() / "secret-key"
    if not path.exists():
        draft = own_folder(path.parent) / f"secret-key-{os.getpid()}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(get_random_string(60))
        with contextlib.suppress(FileExistsError):  # another process was faster: its key counts
            os.link(draft, path)
        draft.unlink()
    return path.read_text()
