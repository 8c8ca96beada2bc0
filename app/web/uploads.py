"""Files that are too large: cut off while they arrive, so that the rest of the form survives.

What a telephone takes in its best quality may be larger than any photo we accept. Refusing the
request would lose everything that was typed with it; so the bytes of a file beyond what any
field takes are dropped as they come in, the field says that it is too large, and the other
fields stay. A request far beyond that is refused as a whole.
"""

from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Request as FlaskRequest

# Above what any field accepts, so that a file that was cut off is still too large for it.
LARGEST_FILE = 32 * 1024 * 1024
LARGEST_FORM = 100 * 1024 * 1024
_IN_MEMORY = 512 * 1024


class CutOff(SpooledTemporaryFile[bytes]):
    """Keeps so much of what is written to it, in memory at first and then on disk."""

    def __init__(self) -> None:
        super().__init__(max_size=_IN_MEMORY, mode="w+b")

    def write(self, content: Any) -> int:
        super().write(content[: max(LARGEST_FILE - self.tell(), 0)])
        return len(content)


class Request(FlaskRequest):
    """A request whose form may be larger than its files are kept."""

    @property
    def max_content_length(self) -> int | None:
        is_form = self.mimetype == "multipart/form-data"
        return LARGEST_FORM if is_form else super().max_content_length

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        raise NotImplementedError("the same for every page")

    def _get_file_stream(self, *_args: Any, **_named: Any) -> IO[bytes]:
        return CutOff()
