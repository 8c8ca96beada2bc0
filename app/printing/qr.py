"""QR codes as SVG, for the screen and for paper."""

import io

import segno


def svg(content: str) -> str:
    """A QR code as an SVG element without its own size; the page or the paper gives it one."""
    buffer = io.BytesIO()
    segno.make(content, error="m", micro=False).save(
        buffer, kind="svg", xmldecl=False, omitsize=True, border=2, svgclass=None, lineclass=None
    )
    return buffer.getvalue().decode()
