import pytest

from pipeline.cli.options import check_day
from pipeline.errors import InputError


@pytest.mark.parametrize("day", ["2025-09-12", "2025-09", "2025", None])
def test_a_day_is_taken_as_it_was_written(day):
    assert check_day(day, "--as-of") == day


@pytest.mark.parametrize("day", ["2025-02-30", "2025-13", "12 September", ""])
def test_what_is_no_day_is_said_with_its_option(day):
    with pytest.raises(InputError, match=r"--as-of: .*write it like 2025-09-12"):
        check_day(day, "--as-of")
