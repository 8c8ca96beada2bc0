"""A long list, a page at a time: `?hal=` says which, and the pager leads both ways."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request


@dataclass(frozen=True)
class Page:
    """A part of a long list, as the pager shows it."""

    first: int  # how many stand before it
    shown: int  # how many have been shown at its end
    total: int
    previous_href: str | None
    next_href: str | None


def page_of(total: int, size: int, href: Callable[[int], str]) -> Page:
    """The page that is asked for, or the nearest that exists; `href` is the address of one."""
    last = max(-(-total // size), 1)
    number = min(max(request.args.get("hal", 1, type=int), 1), last)
    return Page(
        first=(number - 1) * size,
        shown=min(number * size, total),
        total=total,
        previous_href=href(number - 1) if number > 1 else None,
        next_href=href(number + 1) if number < last else None,
    )
