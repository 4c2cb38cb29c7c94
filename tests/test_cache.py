"""What is kept on disk: found again, told from what it is not, rebuilt when damaged."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
import shapely

import siting
from siting import cache as cache_file
from siting.cache import Cache, digest
from siting.network import kept as kept_network
from siting.reach import kept as kept_reach
from small_study import write

arrays = {"a": np.arange(5), "b": np.array([0.5, np.nan]), "c": np.array("文本")}


def same(one, other):
    return one.keys() == other.keys() and all(
        np.array_equal(one[name], other[name], equal_nan=one[name].dtype.kind == "f")
        for name in one
    )


def test_what_is_kept_is_found_again(tmp_path):
    cache = Cache(tmp_path / "new")
    assert cache.load("key") is None
    assert cache.keep("key", arrays)
    assert same(cache.load("key"), arrays)
    assert cache.load("other") is None


@pytest.mark.parametrize("spoil", ["cut", "emptied", "flipped"])
def test_a_damaged_file_is_noticed_and_removed(tmp_path, spoil):
    cache = Cache(tmp_path)
    cache.keep("key", arrays)
    (path,) = tmp_path.iterdir()
    content = bytearray(path.read_bytes())
    if spoil == "flipped":
        content[len(content) // 2] ^= 1
    path.write_bytes(b"" if spoil == "emptied" else content[: -5 if spoil == "cut" else None])
    assert cache.load("key") is None
    assert not path.exists()


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert not Cache(tmp_path / "file").keep("key", arrays)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_oldest_go_when_room_is_short(tmp_path, monkeypatch):
    cache = Cache(tmp_path)
    cache.keep("first", arrays)
    size = sum(path.stat().st_size for path in tmp_path.iterdir())
    monkeypatch.setattr(cache_file, "most_bytes", int(2.5 * size))
    for name in ("second", "third"):
        cache.keep(name, arrays)
    assert cache.load("first") is None
    assert cache.load("third") is not None
    assert len(list(tmp_path.iterdir())) == 2


def test_a_digest_tells_parts_apart():
    one = [("ab", "c"), ("a", "bc"), (b"ab", "c"), (np.arange(2), ""), (np.arange(2.0), "")]
    assert len({digest(*parts) for parts in one}) == len(one)


@pytest.fixture
def study(tmp_path):
    return siting.load(write(tmp_path))


def test_a_kept_network_and_reach_are_those_that_were_read(study, tmp_path, monkeypatch):
    cache = Cache(tmp_path / "cache")
    inputs = siting.read_inputs(study)
    key = kept_network.network_key(study)
    fresh = siting.read_network(study)
    measured = siting.measure_reach(study, fresh, inputs)

    def again():
        network = kept_network.read_kept_network(study, key, cache)
        return network, kept_reach.measure_kept_reach(
            study, network, inputs, lambda _: None, key, cache
        )

    again()
    monkeypatch.setattr(kept_network, "read_network", None)
    monkeypatch.setattr(kept_reach, "measure_reach", None)
    network, reach = again()
    assert network.crs == fresh.crs
    assert shapely.equals_exact(network.lines, fresh.lines).all()
    for name in ("x", "y", "start", "end", "highway", "walking_kph", "notes"):
        assert np.array_equal(getattr(network, name), getattr(fresh, name)), name
    assert network.travel.keys() == fresh.travel.keys()
    for mode, travel in fresh.travel.items():
        for field in fields(travel):
            mine = getattr(network.travel[mode], field.name)
            assert np.array_equal(mine, getattr(travel, field.name))
    for name in ("cell", "site", "seconds", "cells", "sites", "site_leg_m", "at_edge", "notes"):
        assert np.array_equal(getattr(reach, name), getattr(measured, name)), name
    assert same(dict(reach.cell_leg_m), dict(measured.cell_leg_m))


def test_keys_change_with_what_is_depended_on(study):
    key = kept_network.network_key(study)
    assert key == kept_network.network_key(study)
    walk = study.walk.model_copy(update={"speed_kph": 4.8})
    faster = study.model_copy(update={"walk": walk})
    assert key != kept_network.network_key(faster.placed_in(study.path("")))
    streets = study.path(study.inputs.streets)
    streets.write_bytes(streets.read_bytes() + b" ")
    assert key != kept_network.network_key(study)


def test_a_run_uses_what_was_kept(study, tmp_path, monkeypatch):
    cache = Cache(tmp_path / "cache")
    first = siting.run(study, cache=cache)
    kept = sorted(Path(tmp_path / "cache").iterdir())
    assert len(kept) == 2
    monkeypatch.setattr(kept_network, "read_network", None)
    monkeypatch.setattr(kept_reach, "measure_reach", None)
    assert siting.run(study, cache=cache).plan.plan_hash == first.plan.plan_hash
