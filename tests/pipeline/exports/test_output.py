import pytest

from pipeline.errors import InputError
from pipeline.exports.output import open_output


def test_a_file_is_there_once_it_is_whole(tmp_path):
    path = tmp_path / "out.csv"
    with open_output(str(path)) as out:
        out.write(b"whole")
        assert not path.exists()
    assert path.read_bytes() == b"whole"
    assert path.stat().st_mode & 0o600 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_leaves_nothing_and_takes_nothing_away(tmp_path):
    path = tmp_path / "out.csv"
    path.write_bytes(b"before")

    def fail():
        with open_output(str(path), overwrite=True) as out:
            out.write(b"half")
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        fail()
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"before", [path])


def test_a_file_that_is_there_is_replaced_only_where_that_is_asked_for(tmp_path):
    path = tmp_path / "out.csv"
    path.write_bytes(b"before")
    with pytest.raises(InputError, match="is there already; give --force"), open_output(str(path)):
        pass
    with open_output(str(path), overwrite=True) as out:
        out.write(b"after")
    assert path.read_bytes() == b"after"


def test_places_where_nothing_can_be_written(tmp_path):
    for place in (tmp_path, tmp_path / "no" / "out.csv"):
        with pytest.raises(InputError, match="--out another place"), open_output(str(place), overwrite=True):
            pass


def test_standard_output(capsysbinary):
    with open_output("-") as out:
        out.write(b"text")
    assert capsysbinary.readouterr().out == b"text"
