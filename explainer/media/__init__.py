"""Media: pictures drawn and coded, sound mixed, files joined and read back. Knows nothing of languages or films."""

__all__ = [
    "contact_sheet",
    "encode",
    "encode_settings",
    "ffmpeg",
    "frames",
    "leading",
    "loudness",
    "mux",
    "opus",
    "probe",
    "rect",
    "redraw",
    "shot",
    "sound",
    "tracks",
    "yuv",
]
