"""What a run of the benchmarks ran on, and with which versions."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

own = ("siting", "numpy", "scipy", "pandas", "shapely", "numba", "highspy")
peers = ("networkx", "osmnx", "rustworkx", "pandana", "spopt", "pulp", "geopandas", "folium")


def versions(names: tuple[str, ...]) -> dict[str, str | None]:
    """Return the version of each package, None where it is not installed."""
    found: dict[str, str | None] = {}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found


def machine() -> str:
    """Return processor, cores, memory, system and Python; nothing that names the machine."""
    system = f"{platform.system()} {platform.machine()}"
    told = (_processor(), f"{os.cpu_count()} cores", _memory(), system)
    return ", ".join(part for part in (*told, f"Python {platform.python_version()}") if part)


def load_average() -> str:
    """Return how busy the machine is, over one, five and fifteen minutes."""
    if not hasattr(os, "getloadavg"):
        return "not told by this system"
    return ", ".join(f"{load:.2f}" for load in os.getloadavg())


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    named = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor()


def _memory() -> str:
    if "SC_PHYS_PAGES" not in getattr(os, "sysconf_names", {}):
        return ""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{total / 2**30:.0f} GB memory"
