"""Where one checkout keeps its servers: folders, ports and passwords, all below one folder that git ignores."""

import json
import secrets
import socket
import zlib
from dataclasses import dataclass
from pathlib import Path

# Below the range from which the kernel hands out ports for outgoing connections.
SERVER_PORTS = range(20_000, 30_000)


@dataclass(frozen=True)
class State:
    """The folders of one set of servers; two checkouts, and a checkout's demo and tests, share none."""

    folder: Path

    def private(self, name: str) -> Path:
        """Make a folder that only its owner may enter."""
        path = self.folder / name
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path

    def secret(self, name: str) -> str:
        """Read a generated password, making it on first use."""
        path = self.private("secrets") / name
        if not path.exists():
            write_private(path, secrets.token_urlsafe(48))
        return path.read_text()

    def port(self, name: str, ports: range = SERVER_PORTS) -> int:
        """Read the port chosen for a server, choosing a free one on first use."""
        chosen = self._ports().get(name)
        return chosen if chosen is not None else self.choose_port(name, ports)

    def choose_port(self, name: str, ports: range = SERVER_PORTS) -> int:
        """Choose a free port and keep it; the search begins at a place of this folder's own."""
        chosen = self._ports()
        start = zlib.crc32(f"{self.folder.resolve()} {name}".encode())
        for step in range(len(ports)):
            port = ports[(start + step) % len(ports)]
            if port not in chosen.values() and is_free(port):
                write_private(self.folder / "ports.json", json.dumps({**chosen, name: port}))
                return port
        raise RuntimeError(f"No free port between {ports.start} and {ports.stop} for {name}.")

    def _ports(self) -> dict[str, int]:
        path = self.folder / "ports.json"
        return dict(json.loads(path.read_text())) if path.exists() else {}


def is_free(port: int) -> bool:
    """Say whether a port on loopback can be bound now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def write_private(path: Path, text: str) -> None:
    """Write a file for its owner alone, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    draft.replace(path)
