"""Kinds of place in OpenStreetMap that may be a host or say where people are.

Tags as the OSM Wiki describes them (Key:amenity, Key:healthcare, Key:office, Key:building,
Key:place). What each kind is in the planning of childcare places is an assumption: OpenStreetMap
does not know who owns a building or whether it has room.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class OsmKind:
    """A kind of place.

    Attributes
    ----------
    label
        Name shown to readers, Chinese.
    tags
        Key -> values; any one of them makes a place of this kind.
    """

    label: str
    tags: Mapping[str, tuple[str, ...]]

    @property
    def any_of(self) -> list[dict[str, tuple[str, ...]]]:
        """The keys one by one: a place has to match one of them."""
        return [{key: values} for key, values in self.tags.items()]


osm_kinds: Final[Mapping[str, OsmKind]] = MappingProxyType(
    {
        "childcare": OsmKind("托育机构", {"amenity": ("childcare",)}),
        "kindergarten": OsmKind("幼儿园", {"amenity": ("kindergarten",)}),
        "school": OsmKind("学校", {"amenity": ("school",)}),
        "hospital": OsmKind("医院", {"amenity": ("hospital",), "healthcare": ("hospital",)}),
        "clinic": OsmKind(
            "社区卫生服务机构",
            {"amenity": ("clinic",), "healthcare": ("clinic", "centre")},
        ),
        "doctors": OsmKind("诊所", {"amenity": ("doctors",), "healthcare": ("doctor",)}),
        "community_centre": OsmKind("社区服务设施", {"amenity": ("community_centre",)}),
        "social_facility": OsmKind(
            "社会福利设施", {"amenity": ("social_facility", "social_centre")}
        ),
        "library": OsmKind("图书馆", {"amenity": ("library",)}),
        "townhall": OsmKind("政府驻地", {"amenity": ("townhall",), "office": ("government",)}),
        "seat": OsmKind(
            "乡镇(街道)驻地",
            {"place": ("city", "town", "suburb", "quarter", "village")},
        ),
    }
)
"""Kind -> label and tags."""
