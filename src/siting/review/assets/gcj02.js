// WGS-84 to GCJ-02, in which Amap's tiles are drawn; the formulas of inputs/coordinates.py.

function toGcj02(lon, lat) {
  if (lon < 72.004 || lon > 137.8347 || lat < 0.8293 || lat > 55.8271) return [lon, lat];
  const axisM = 6378245, eccentricitySquared = 0.006693421622965943;
  const x = lon - 105, y = lat - 35, root = Math.sqrt(Math.abs(x));
  // Two thirds of each height, at its half-turns a degree.
  const waves = (at, ...heights) => (2 / 3)
    * heights.reduce((sum, [height, turns]) => sum + height * Math.sin(at * Math.PI * turns), 0);
  const eastM = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    + waves(x, [20, 6], [20, 2], [20, 1], [40, 1 / 3], [150, 1 / 12], [300, 1 / 30]);
  const northM = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    + waves(x, [20, 6], [20, 2]) + waves(y, [20, 1], [40, 1 / 3], [160, 1 / 12], [320, 1 / 30]);
  const latitude = (lat * Math.PI) / 180;
  const bend = 1 - eccentricitySquared * Math.sin(latitude) ** 2;
  const normalM = axisM / Math.sqrt(bend);
  const meridianM = (axisM * (1 - eccentricitySquared)) / bend ** 1.5;
  const degrees = (radians) => (radians * 180) / Math.PI;
  return [lon + degrees(eastM / (normalM * Math.cos(latitude))), lat + degrees(northM / meridianM)];
}
