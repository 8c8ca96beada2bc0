"""PDF by typst, with one compiler for each thread: making one costs more than a receipt."""

import json
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import font_lato
import typst

_ROOT = Path(__file__).parents[1]
_FONTS = Path(font_lato.__file__).parent / "files"

_own = threading.local()


def pdf(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The document that a template makes of `data`; with the same `at`, the same bytes.

    `template` names a file under `app`, such as "receipts/print/receipt.typ"; it reads the
    data as `json(bytes(sys.inputs.data))`.
    """
    compiled = _compiler().compile(
        input=str(_ROOT / template),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(at.timestamp()),
    )
    assert isinstance(compiled, bytes)
    return compiled


def _compiler() -> Any:
    if not hasattr(_own, "compiler"):
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(_FONTS)]
        )
        _own.compiler = typst.Compiler(root=str(_ROOT), font_paths=fonts)
    return _own.compiler
