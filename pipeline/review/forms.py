"""What browsers send with a form."""

from typing import Annotated

from fastapi import Depends
from starlette.datastructures import FormData
from starlette.requests import Request

from pipeline.errors import InputError

_MOST_FIELDS = 500  # of an agreement with a hundred parties; more is no form of ours


async def read_form(request: Request) -> FormData:
    """The fields of a form; files are refused by none of ours having any."""
    return await request.form(max_files=0, max_fields=_MOST_FIELDS)


Sent = Annotated[FormData, Depends(read_form)]


def text_of(form: FormData, name: str) -> str:
    """One field of a form; empty where it is not there."""
    return str(form.get(name) or "").strip()


def number_of(form: FormData, name: str, *, default: int = 0) -> int:
    """A whole number of a form.

    Raises:
        InputError: it is none.
    """
    given = text_of(form, name)
    if not given:
        return default
    if not given.isascii() or not given.isdigit() or len(given) > 12:
        raise InputError(f"{name}: “{given[:20]}” is no number.")
    return int(given)
