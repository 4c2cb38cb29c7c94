"""WGS-84 and the shifted coordinates of Chinese map services, GCJ-02 and BD-09.

The forward formulas are public knowledge without an official text; their constants are those of
the Krasovsky ellipsoid. The inverses repeat the forward formula until it gives back what is asked
for (fixed-point iteration), which is exact to far below a millimetre.
"""

from collections.abc import Callable
from typing import Literal

import numpy as np

System = Literal["wgs84", "gcj02", "bd09"]
Points = tuple[np.ndarray, np.ndarray]

axis_m = 6_378_245.0
"""Semi-major axis of the Krasovsky ellipsoid, metres."""
eccentricity_squared = 0.006_693_421_622_965_943
middle_lon, middle_lat = 105.0, 35.0
west, south, east, north = 72.004, 0.8293, 137.8347, 55.8271
"""Box outside which nothing is shifted, degrees."""
rounds = 10
"""Rounds of the inverse: each takes at least a factor of 100 off the error."""


def to_wgs84(lon: np.ndarray, lat: np.ndarray, system: System) -> Points:
    """Return the WGS-84 coordinates of points that are given in another system.

    Parameters
    ----------
    lon, lat
        Degrees; NaN stays NaN.
    """
    if system == "bd09":
        lon, lat = _inverse(gcj02_to_bd09, lon, lat)
    if system in ("bd09", "gcj02"):
        shifted = in_box(lon, lat)
        found_lon, found_lat = _inverse(_wgs84_to_gcj02_everywhere, lon, lat)
        return np.where(shifted, found_lon, lon), np.where(shifted, found_lat, lat)
    return np.array(lon, dtype=float), np.array(lat, dtype=float)


def from_wgs84(lon: np.ndarray, lat: np.ndarray, system: System) -> Points:
    """Return the coordinates in another system of points that are given in WGS-84.

    Parameters
    ----------
    lon, lat
        Degrees; NaN stays NaN.
    """
    if system == "wgs84":
        return np.array(lon, dtype=float), np.array(lat, dtype=float)
    lon, lat = wgs84_to_gcj02(lon, lat)
    return gcj02_to_bd09(lon, lat) if system == "bd09" else (lon, lat)


def in_box(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return whether points lie in the box around China in which coordinates are shifted."""
    lon, lat = np.asarray(lon), np.asarray(lat)
    return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)


def wgs84_to_gcj02(lon: np.ndarray, lat: np.ndarray) -> Points:
    """Shift WGS-84 to GCJ-02 (Amap, Tencent); points outside the box stay where they are."""
    shifted = in_box(lon, lat)
    there_lon, there_lat = _wgs84_to_gcj02_everywhere(lon, lat)
    return np.where(shifted, there_lon, lon), np.where(shifted, there_lat, lat)


def gcj02_to_bd09(lon: np.ndarray, lat: np.ndarray) -> Points:
    """Shift GCJ-02 to BD-09 (Baidu)."""
    shifted = in_box(lon, lat)
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    turn = np.pi * 3000 / 180
    radius = np.hypot(lon, lat) + 0.000_02 * np.sin(lat * turn)
    angle = np.arctan2(lat, lon) + 0.000_003 * np.cos(lon * turn)
    there_lon, there_lat = radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006
    return np.where(shifted, there_lon, lon), np.where(shifted, there_lat, lat)


def _wgs84_to_gcj02_everywhere(lon: np.ndarray, lat: np.ndarray) -> Points:
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    x, y = lon - middle_lon, lat - middle_lat
    root = np.sqrt(np.abs(x))
    east_m = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east_m = east_m + _waves(
        x, (20, 6), (20, 2), (20, 1), (40, 1 / 3), (150, 1 / 12), (300, 1 / 30)
    )
    north_m = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north_m = north_m + _waves(x, (20, 6), (20, 2))
    north_m = north_m + _waves(y, (20, 1), (40, 1 / 3), (160, 1 / 12), (320, 1 / 30))
    latitude = np.radians(lat)
    bend = 1 - eccentricity_squared * np.sin(latitude) ** 2
    normal_m = axis_m / np.sqrt(bend)
    meridian_m = axis_m * (1 - eccentricity_squared) / bend**1.5
    return (
        lon + np.degrees(east_m / (normal_m * np.cos(latitude))),
        lat + np.degrees(north_m / meridian_m),
    )


def _waves(position: np.ndarray, *waves: tuple[float, float]) -> np.ndarray:
    """Return the sum of sines: two thirds of each height, at its half-turns a degree."""
    return sum(
        (height * np.sin(position * np.pi * turns) for height, turns in waves),
        start=np.zeros_like(position),
    ) * (2 / 3)


def _inverse(forward: Callable[..., Points], lon: np.ndarray, lat: np.ndarray) -> Points:
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    here_lon, here_lat = lon, lat
    for _ in range(rounds):
        there_lon, there_lat = forward(here_lon, here_lat)
        here_lon, here_lat = here_lon + lon - there_lon, here_lat + lat - there_lat
    return here_lon, here_lat
