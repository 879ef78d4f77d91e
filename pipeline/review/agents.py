"""What a browser calls itself, said so that a person knows their own: ``Firefox on Windows``."""

# Each calls itself by the names of those that came before it, so the youngest name counts.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("python", "Python"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def say_agent(agent: str) -> str:
    """A browser and its system in words; what is not known is shown as it calls itself, cut to one line.

    ``Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0`` → ``Firefox on Linux``.
    """
    browser = next((title for sign, title in _BROWSERS if sign in agent), None)
    system = next((title for sign, title in _SYSTEMS if sign in agent), None)
    if browser is None:
        return agent[:60] or "unknown"
    return f"{browser} on {system}" if system else browser
