"""Who may sign in: for administrators."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from pipeline.enumerations import Role
from pipeline.errors import InputError
from pipeline.review.audit import find_by
from pipeline.review.page import back, get_store, render
from pipeline.review.passwords import SHORTEST, check_password, hash_password
from pipeline.review.visitor import visitor
from pipeline.store.accounts import (
    NewAccount,
    add_account,
    has_accounts,
    load_account,
    load_accounts,
    make_account_name,
    remove_account,
    set_role,
)
from pipeline.store.sessions import end_sessions, load_sessions

router = APIRouter(include_in_schema=False)
_PAGE = 50
Text = Annotated[str, Form()]


@router.get("/people")
def list_accounts(request: Request, after: str = "") -> Response:
    """Accounts by name, with what can be changed."""
    return _list(request, after=after)


@router.post("/people")
def create_account(
    request: Request,
    name: Text = "",
    role: Annotated[Role, Form()] = Role.READER,
    password: Text = "",
    again: Text = "",
) -> Response:
    """Add an account with a password, which its owner changes."""
    try:
        check_password(password, again=again, name=make_account_name(name))
        _check_first(request, role)
        new = NewAccount(name=name, role=role, password=hash_password(password))
        add_account(get_store(request), new, by=find_by(request))
    except InputError as error:
        return _list(request, problem=str(error), name=name, status=422)
    return back(request, "/people")


@router.get("/people/{name}")
def show_person(request: Request, name: str) -> Response:
    """One account: its role, where it is signed in."""
    store = get_store(request)
    found = load_account(store, name)
    return render(request, "person.html", account=found, roles=list(Role), sessions=load_sessions(store, found.name))


@router.post("/people/{name}/role")
def change_role(request: Request, name: str, role: Annotated[Role, Form()]) -> Response:
    """Another role; its sessions end."""
    _check_other(request, name)
    found = set_role(get_store(request), name, role, by=find_by(request))
    return back(request, f"/people/{found.name}")


@router.post("/people/{name}/sessions/end")
def end_person_sessions(request: Request, name: str) -> Response:
    """Sign somebody out everywhere."""
    found = load_account(get_store(request), name)
    end_sessions(get_store(request), found.name, by=find_by(request))
    return back(request, f"/people/{found.name}")


@router.post("/people/{name}/remove")
def drop_account(request: Request, name: str) -> Response:
    """Remove an account; what it decided stays."""
    _check_other(request, name)
    remove_account(get_store(request), name, by=find_by(request))
    return back(request, "/people")


def _check_first(request: Request, role: Role) -> None:
    if role is not Role.ADMIN and not has_accounts(get_store(request)):
        raise InputError("The first account is an administrator's: from then on everybody signs in.")


def _check_other(request: Request, name: str) -> None:
    """Nobody takes their own role: there would soon be no administrator."""
    if make_account_name(name) == visitor(request).name:
        raise InputError("This is your own account; another administrator can change it, or entente user.")


def _list(request: Request, *, after: str = "", problem: str = "", name: str = "", status: int = 200) -> Response:
    found = load_accounts(get_store(request), after=after, limit=_PAGE + 1)
    return render(
        request,
        "people.html",
        status=status,
        accounts=found[:_PAGE],
        next=found[_PAGE - 1].name if len(found) > _PAGE else None,
        roles=list(Role),
        problem=problem,
        name=name,
        shortest=SHORTEST,
    )
