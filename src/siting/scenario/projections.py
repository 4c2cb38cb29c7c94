"""Coordinate systems that a workbook offers: those in metres for a district in China.

Codes of the EPSG Geodetic Parameter Dataset; tests hold their central meridians against PROJ.
"""

gauss_kruger = {
    f"EPSG:{4534 + zone}（CGCS2000 3度带，中央经线{75 + 3 * zone}°E）": f"EPSG:{4534 + zone}"
    for zone in range(21)
}
"""What a cell offers -> code; coordinates without the number of the zone."""
utm = {
    f"EPSG:{32600 + zone}（UTM {zone}N，中央经线{6 * zone - 183}°E）": f"EPSG:{32600 + zone}"
    for zone in range(43, 54)
}
projections = {**gauss_kruger, **utm}
