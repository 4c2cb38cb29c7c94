"""What several test files share: a folder with a study, a browser."""

import os
import shutil

import hypothesis
import pytest
from playwright.sync_api import sync_playwright

import small_study
from siting.arguments import language_variable

hypothesis.settings.register_profile("no clock", deadline=None)
hypothesis.settings.load_profile("no clock")


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """Keep what is cached by commands out of the cache of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def own_language():
    """Leave out the language that whoever runs the tests asks of commands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(language_variable, raising=False)
        yield


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the files of a small study; its scenario is ``town.yaml``."""
    small_study.write(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def browser():
    path = next(
        filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None
    )
    if path is None:
        reason = "no chromium or google-chrome on this machine: the page was not opened"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield launched
        launched.close()
