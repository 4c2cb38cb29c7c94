"""GCJ-02 and BD-09: published points, and the way there and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siting.inputs.coordinates import (
    from_wgs84,
    gcj02_to_bd09,
    in_box,
    to_wgs84,
    wgs84_to_gcj02,
)

# WGS-84 and GCJ-02, the points by which public implementations are checked (lon, lat).
published = {
    "Shanghai": (121.5272106, 31.1774276, 121.531541859215, 31.17530398364597),
    "Shenzhen": (113.912316, 22.543847, 113.9171764808363, 22.540796131694766),
    "Beijing": (116.377817, 39.911954, 116.38404722455657, 39.91334545536069),
}


@pytest.mark.parametrize("city", published)
def test_published_points(city):
    lon, lat, there_lon, there_lat = published[city]
    found = wgs84_to_gcj02(np.array([lon]), np.array([lat]))
    assert found[0][0] == pytest.approx(there_lon, abs=1e-7)
    assert found[1][0] == pytest.approx(there_lat, abs=1e-7)
    back = to_wgs84(*found, "gcj02")
    assert np.allclose(np.ravel(back), [lon, lat], rtol=0, atol=1e-10)


def test_published_point_of_bd09():
    lon, lat = gcj02_to_bd09(np.array([121.531541859215]), np.array([31.17530398364597]))
    assert lon[0] == pytest.approx(121.53801568643858, abs=1e-7)
    assert lat[0] == pytest.approx(31.181328606874466, abs=1e-7)


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
@given(lon=st.floats(73.5, 135.1), lat=st.floats(18.1, 53.6))
def test_there_and_back_is_below_a_millimetre(system, lon, lat):
    there = from_wgs84(np.array([lon]), np.array([lat]), system)
    shift_m = 111_000 * np.hypot(there[0] - lon, there[1] - lat)[0]
    assert 1 < shift_m < 4000
    back = to_wgs84(*there, system)
    assert abs(back[0][0] - lon) < 1e-9
    assert abs(back[1][0] - lat) < 1e-9


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
@given(lon=st.floats(-180, 180), lat=st.floats(-89, 89))
def test_outside_the_box_nothing_moves(system, lon, lat):
    lon, lat = np.array([lon]), np.array([lat])
    if not in_box(lon, lat)[0]:
        for way in (from_wgs84, to_wgs84):
            found = way(lon, lat, system)
            assert (found[0][0], found[1][0]) == (lon[0], lat[0])


def test_many_points_one_call_and_nan_stays():
    lon, lat = np.array([114.3, np.nan, -21.9]), np.array([30.6, np.nan, 64.1])
    found = to_wgs84(lon, lat, "bd09")
    assert np.isnan(found[0]).tolist() == [False, True, False]
    assert found[0][2] == -21.9
    assert lon[0] == 114.3
