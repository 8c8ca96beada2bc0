"""Small charts as SVG, drawn here: the same for the screen and for paper."""

from collections.abc import Sequence

from markupsafe import Markup, escape

_WIDTH, _HEIGHT = 120, 32


def sparkline(values: Sequence[int | None], label: str, *, highest: int | None = None) -> Markup:
    """A line of months; where nothing is known the line is broken. `label` says it in words."""
    top = max([highest or 0, *(v for v in values if v is not None)], default=0) or 1
    step = _WIDTH / max(len(values) - 1, 1)
    points = [
        None if value is None else (i * step, _HEIGHT - 2 - max(value, 0) / top * (_HEIGHT - 4))
        for i, value in enumerate(values)
    ]
    lines = "".join(_line(run) for run in _runs(points))
    return Markup(  # noqa: S704 (the label is escaped, the rest are figures of our own)
        f'<svg class="spark" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
        f' aria-label="{escape(label)}">{lines}</svg>'
    )


def _runs(
    points: Sequence[tuple[float, float] | None],
) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _line(run: Sequence[tuple[float, float]]) -> str:
    if len(run) == 1:
        return f'<circle cx="{run[0][0]:.1f}" cy="{run[0][1]:.1f}" r="2"/>'
    return f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in run)}"/>'
