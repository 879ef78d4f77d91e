"""Prefect flows: retries, schedules, limits. No logic.

Importing this package means running Prefect, and Prefect reads its settings when it is imported: so this is the door at
which our defaults for it are set, and the one package of ours that touches the environment when imported. What the
user has set wins.
"""

import os

# Nothing of ours calls out unasked: neither Prefect's server nor its client reports on its use.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
# Seconds, the least that Prefect takes. A run that says nothing for longer is taken for dead (flows/zombies.py).
os.environ.setdefault("PREFECT_FLOWS_HEARTBEAT_FREQUENCY", "30")
# Where logs are for machines, Prefect's lines are too: they come by our own handler, and not a second time as text.
if os.environ.get("ENTENTE_LOG_JSON", "").lower() in {"1", "true", "yes", "on"}:
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")
