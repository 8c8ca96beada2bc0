"""What is assessed: aspects, their indicators, and the items the board answers."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenants.definitions import Key


@dataclass(frozen=True)
class Item:
    """A statement that the board says yes or no to; `key` is unique among all."""

    key: str
    text: str


@dataclass(frozen=True)
class Indicator:
    """Either items to answer, or a ratio of two figures with its standard."""

    key: str
    name: str
    items: Sequence[Item] = ()
    ratio: tuple[str, str] | None = None
    standard: Key | None = None
    lower_is_good: bool = False


@dataclass(frozen=True)
class Aspect:
    key: str  # A to D
    name: str
    weight: Key
    indicators: Sequence[Indicator]

    @property
    def items(self) -> Sequence[Item]:
        return [item for indicator in self.indicators for item in indicator.items]


_WEIGHTS = {
    "A": Key.ASSESSMENT_WEIGHT_A,
    "B": Key.ASSESSMENT_WEIGHT_B,
    "C": Key.ASSESSMENT_WEIGHT_C,
    "D": Key.ASSESSMENT_WEIGHT_D,
}


def _indicator(aspect: str, raw: dict[str, Any]) -> Indicator:
    return Indicator(
        f"{aspect}.{raw['key']}",
        raw["name"],
        [Item(f"{aspect}.{raw['key']}.{key}", text) for key, text in raw.get("items", ())],
        tuple(raw["ratio"]) if "ratio" in raw else None,
        Key(raw["standard"]) if "standard" in raw else None,
        raw.get("lower", False),
    )


def _aspect(raw: dict[str, Any]) -> Aspect:
    indicators = [_indicator(raw["key"], each) for each in raw["indicators"]]
    return Aspect(raw["key"], raw["name"], _WEIGHTS[raw["key"]], indicators)


ASPECTS = [
    _aspect(raw)
    for raw in tomllib.loads(Path(__file__).with_name("criteria.toml").read_text())["aspects"]
]
ITEMS = {item.key: item for aspect in ASPECTS for item in aspect.items}


def find(key: str) -> Aspect | None:
    return next((aspect for aspect in ASPECTS if aspect.key == key), None)
