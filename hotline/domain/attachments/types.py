"""Which types of files may be attached. What a browser would run when it opens it (HTML, SVG) is none of them, and no
setting makes it one; archives are not, since nobody looks into them."""

from __future__ import annotations

from collections.abc import Mapping

#: Media type -> how names of such files end; the first is the usual one.
TYPES: Mapping[str, tuple[str, ...]] = {
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png",),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "image/heic": ("heic", "heif"),
    "application/pdf": ("pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("pptx",),
    "audio/mpeg": ("mp3",),
    "audio/x-wav": ("wav",),
    "audio/mp4": ("m4a",),
    "audio/amr": ("amr",),
    "audio/ogg": ("ogg", "opus", "oga"),
    "video/mp4": ("mp4", "m4v"),
    "video/quicktime": ("mov", "qt"),
    "video/3gpp": ("3gp",),
}


def endings(types: tuple[str, ...]) -> tuple[str, ...]:
    """The usual ends of the names of these types."""
    return tuple(TYPES[each][0] for each in types)
