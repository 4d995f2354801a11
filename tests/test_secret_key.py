"""The site's secret key: written whole or not at all, and a broken one stops the start with a sentence."""

import os
import stat
from pathlib import Path

import pytest

from nastav import config


def test_the_key_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    key = config.secret_key(tmp_path)
    assert len(key) == 64
    assert config.secret_key(tmp_path) == key
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "  \n", "abc", "0" * 63, "Ж" * 64])
def test_a_broken_key_is_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "secret_key").write_text(text, encoding="utf-8")
    with pytest.raises(config.BadSetting, match="secret_key"):
        config.secret_key(tmp_path)
    assert (tmp_path / "secret_key").read_text(encoding="utf-8") == text


def test_a_full_disk_leaves_no_half_of_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(config.BadSetting, match="ключ"):
        config.secret_key(tmp_path)
    assert list(tmp_path.iterdir()) == []
