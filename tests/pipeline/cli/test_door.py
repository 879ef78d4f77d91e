import pytest

from pipeline.cli.door import complain, is_debug, load_settings, open_store, set_debug
from pipeline.errors import InputError


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("ENTENTE_FETCH_TIMEOUT", "-1", "ENTENTE_FETCH_TIMEOUT: input should be greater than 0 (it is '-1')"),
        ("ENTENTE_MAX_TEXT_BYTES", "many", "ENTENTE_MAX_TEXT_BYTES"),
        ("ENTENTE_LOG_LEVEL", "LOUD", "ENTENTE_LOG_LEVEL"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(clean, monkeypatch, variable, value, words):
    monkeypatch.setenv(variable, value)

    with pytest.raises(InputError) as error:
        load_settings()

    assert words in str(error.value)


def test_a_mistyped_setting_is_a_warning_with_the_one_that_is_meant(clean, monkeypatch, capsys):
    monkeypatch.setenv("ENTENTE_DATABSE_URL", "postgresql://somewhere")

    load_settings()

    assert (
        capsys.readouterr().err
        == "warning: ENTENTE_DATABSE_URL is no setting of Entente; is ENTENTE_DATABASE_URL meant?\n"
    )


def test_an_error_is_one_line_on_standard_error(capsys):
    complain("a thing:\n  went \x1b[31mwrong")

    assert capsys.readouterr() == ("", "error: a thing: went \ufffd[31mwrong\n")


@pytest.mark.parametrize(("variable", "wanted", "shown"), [("0", False, False), ("1", False, True), ("", True, True)])
def test_tracebacks_are_shown_on_request(clean, monkeypatch, variable, wanted, shown):
    monkeypatch.setenv("ENTENTE_DEBUG", variable)
    set_debug(wanted=wanted)

    assert is_debug() is shown
    set_debug(wanted=False)


def test_the_store_of_the_settings_is_opened(settings):
    with open_store(settings) as store:
        assert str(store.engine.url.database) in settings.database_url
