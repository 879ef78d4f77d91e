"""Signing in and out, and what one may do with one's own account."""

from typing import Annotated

import anyio
from fastapi import APIRouter, Form
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from pipeline.errors import InputError
from pipeline.review.audit import find_address, find_by
from pipeline.review.cookies import give_token, take_token
from pipeline.review.limits import Limiter
from pipeline.review.look import keep_look
from pipeline.review.page import back, get_store, render
from pipeline.review.passwords import SHORTEST, check_password, hash_password, verify_password
from pipeline.review.sign_in import Attempt, clean_name
from pipeline.review.sign_in import sign_in as try_to_sign_in
from pipeline.review.visitor import find_visitor_of, visitor
from pipeline.store.accounts import has_accounts, load_password, set_password
from pipeline.store.sessions import end_session, load_sessions

router = APIRouter(include_in_schema=False)
_WRONG = "The name or the password is wrong."
Text = Annotated[str, Form()]


@router.get("/sign-in")
def show_sign_in(request: Request, next: str = "/") -> Response:  # noqa: A002 -- the name that stands in the address
    """The form; who is signed in already goes on."""
    if find_visitor_of(request) is not None:
        return back(request, next)
    return _ask(request, next=next)


@router.post("/sign-in")
async def sign_in(request: Request, name: Text = "", password: Text = "", next: Text = "/") -> Response:  # noqa: A002 -- as above
    """Start a session. A try that is slowed waits here, where it takes no thread from anybody."""
    limiter: Limiter = request.app.state.limiter
    address, name = find_address(request), clean_name(name)
    verdict = limiter.admit(address, name)
    if verdict.retry_after is not None:
        said = f"Too many wrong tries from here. Come again in {-(-verdict.retry_after // 60)} minutes."
        answer = _ask(request, next=next, name=name, problem=said, status=429)
        answer.headers["Retry-After"] = str(verdict.retry_after)
        return answer
    await anyio.sleep(verdict.wait)
    attempt = Attempt(name=name, password=password, address=address, agent=request.headers.get("user-agent", ""))
    token = await run_in_threadpool(try_to_sign_in, get_store(request), attempt)
    if token is None:
        return await run_in_threadpool(_ask, request, next=next, name=name, problem=_WRONG, status=401)
    limiter.note_success(address, name)
    answer = back(request, next)
    give_token(request, answer, token)
    return answer


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End this session."""
    session = visitor(request).session
    if session is not None:
        end_session(get_store(request), session, by=find_by(request))
    answer = back(request, "/sign-in")
    take_token(request, answer)
    return answer


@router.post("/look")
def choose_look(request: Request, look: Text, next: Text = "/") -> Response:  # noqa: A002 -- as above
    """Light, dark, or as the system has it."""
    answer = back(request, next)
    keep_look(request, answer, look)
    return answer


@router.get("/account")
def show_account(request: Request) -> Response:
    """Who one is, where one is signed in, and the form for another password."""
    return _show_account(request)


@router.post("/account/password")
def change_password(request: Request, present: Text = "", password: Text = "", again: Text = "") -> Response:
    """Another password for oneself; all sessions end, this one too."""
    who, store = visitor(request), get_store(request)
    limiter: Limiter = request.app.state.limiter
    if limiter.admit(find_address(request), who.name).retry_after is not None:
        return _show_account(request, problem="Too many wrong tries from here. Come again later.", status=429)
    if not verify_password(present, load_password(store, who.name))[0]:
        return _show_account(request, problem="The present password is wrong.", status=422)
    limiter.note_success(find_address(request), who.name)
    try:
        check_password(password, again=again, name=who.name)
    except InputError as error:
        return _show_account(request, problem=str(error), status=422)
    set_password(store, who.name, hash_password(password), by=find_by(request))
    return back(request, "/sign-in?next=/account")


@router.post("/account/sessions/{number}/end")
def end_own_session(request: Request, number: int) -> Response:
    """Sign out elsewhere."""
    end_session(get_store(request), number, by=find_by(request), of=visitor(request).name)
    return back(request, "/account")


def _ask(request: Request, *, next: str, name: str = "", problem: str = "", status: int = 200) -> Response:  # noqa: A002 -- as above
    is_without = not has_accounts(get_store(request))
    return render(request, "sign_in.html", status=status, next=next, name=name, problem=problem, is_without=is_without)


def _show_account(request: Request, *, problem: str = "", status: int = 200) -> Response:
    who, store = visitor(request), get_store(request)
    return render(
        request,
        "account.html",
        status=status,
        sessions=load_sessions(store, who.name),
        has_password=load_password(store, who.name) is not None,
        problem=problem,
        shortest=SHORTEST,
    )
