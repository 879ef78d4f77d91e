"""Prefect flows: retries, schedules, limits. No logic.

Importing this package means running Prefect, and Prefect reads its settings when it is imported: so this is the door at
which our defaults for it are set, and the one package of ours that touches the environment when imported. What the
user has set wins.
"""

import os

# Nothing of ours calls out unasked: neither Prefect's server nor its client reports on its use.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
