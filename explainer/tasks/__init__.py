"""Tasks: work as plain data, done in processes or on a cluster, its results kept by the hash of what decides them."""

__all__ = [
    "artifact_transfer",
    "atomic",
    "cluster",
    "context",
    "digest",
    "fingerprint",
    "graph",
    "imports",
    "loading",
    "local",
    "progress",
    "remembered",
    "session",
    "store",
]
