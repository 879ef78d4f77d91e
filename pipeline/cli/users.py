"""``entente user …``: who may sign in to the review page."""

import getpass
import sys
from typing import Annotated, Any

import typer

from pipeline.cli.door import open_store
from pipeline.cli.options import Json
from pipeline.cli.print import Column, print_json, print_note, print_table
from pipeline.enumerations import Role
from pipeline.errors import InputError

app = typer.Typer(name="user", help="Who may sign in to the review page, and what they may do there.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name to sign in by; a mail address will do.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input, one line, instead of asking.")
]


@app.command("add")
def add(
    name: Name,
    role: Annotated[Role, typer.Option(case_sensitive=False, help="What the account may do.")] = Role.REVIEWER,
    password_stdin: FromStdin = False,
    no_password: Annotated[
        bool, typer.Option("--no-password", help="Only a trusted proxy can sign the account in.")
    ] = False,
) -> None:
    """Add an account. Its password is asked for twice; there is no default one, and none is ever an argument."""
    from pipeline.review.passwords import hash_password
    from pipeline.store.accounts import By, NewAccount, add_account, make_account_name

    made = make_account_name(name)
    password = None if no_password else hash_password(_read_password(made, is_piped=password_stdin))
    with open_store() as store:
        account = add_account(store, NewAccount(name=made, role=role, password=password), by=By(who=_who()))
    print_note(f"{account.name} can sign in as {account.role}")


@app.command("list")
def list_(json: Json = False) -> None:
    """List the accounts."""
    from pipeline.store.accounts import load_accounts

    with open_store() as store:
        found = load_accounts(store, limit=10_000)
    if json:
        print_json(found)
        return
    columns = [Column("name", wraps=True), Column("role"), Column("signs in by"), Column("added"), Column("changed")]
    print_table(columns, [_show(account.model_dump(mode="json")) for account in found])


@app.command("role")
def role(name: Name, new: Annotated[Role, typer.Argument(metavar="ROLE", help="reader, reviewer or admin.")]) -> None:
    """Give an account another role; it is signed out everywhere."""
    from pipeline.store.accounts import By, set_role

    with open_store() as store:
        account = set_role(store, name, new, by=By(who=_who()))
    print_note(f"{account.name} is {account.role} from now on")


@app.command("password")
def password(name: Name, password_stdin: FromStdin = False) -> None:
    """Give an account another password; it is signed out everywhere."""
    from pipeline.review.passwords import hash_password
    from pipeline.store.accounts import By, load_account, set_password

    with open_store() as store:
        account = load_account(store, name)
        set_password(
            store, name, hash_password(_read_password(account.name, is_piped=password_stdin)), by=By(who=_who())
        )
    print_note(f"{account.name} has another password from now on")


@app.command("remove")
def remove(name: Name) -> None:
    """Remove an account; it is signed out everywhere, and what it decided stays."""
    from pipeline.store.accounts import By, remove_account

    with open_store() as store:
        remove_account(store, name, by=By(who=_who()))
    print_note(f"{name} is removed")


def _read_password(name: str, *, is_piped: bool) -> str:
    from pipeline.review.passwords import check_password

    if is_piped:
        password = again = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        password, again = getpass.getpass(f"Password for {name}: "), getpass.getpass("The same again: ")
    else:
        raise InputError("There is no terminal to ask for a password on: pipe it in with --password-stdin.")
    check_password(password, again=again, name=name)
    return password


def _who() -> str:
    """Who does it: the user of this machine, as the audit shows it."""
    from pipeline.review.identify import find_user

    return f"{find_user()} (command line)"


def _show(account: dict[str, Any]) -> list[str]:
    way = "password" if account["has_password"] else "proxy"
    return [account["name"], account["role"], way, account["made_at"][:10], account["changed_at"][:10]]
