"""Tasks: work as plain data, done in processes or on a cluster, and its results kept by the hash of all that decides them."""

__all__ = [
    "artifact_transfer",
    "atomic",
    "cluster",
    "context",
    "digest",
    "fingerprint",
    "graph",
    "loading",
    "local",
    "progress",
    "session",
    "store",
]
