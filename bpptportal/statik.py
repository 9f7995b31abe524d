"""Static files of the embedded portal: gathered and compressed in under a second.

Gzip only: Brotli makes them a tenth smaller and takes twenty times as long, which a person at a first
`make run` would wait for. Production builds its image once and keeps WhiteNoise's hashed, Brotli-compressed
storage.
"""

from __future__ import annotations

from typing import Any

from whitenoise.compress import Compressor  # type: ignore[import-untyped] # ships no types
from whitenoise.storage import CompressedStaticFilesStorage  # type: ignore[import-untyped] # ships no types


class StatikTertanam(CompressedStaticFilesStorage):  # type: ignore[misc] # its base has no types
    """WhiteNoise's compressed storage without Brotli."""

    def create_compressor(self, **kwargs: Any) -> Compressor:
        return Compressor(use_brotli=False, **kwargs)
