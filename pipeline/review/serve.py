"""Serving the review page with uvicorn, until Ctrl-C."""

import uvicorn

from pipeline.review.app import create_app
from pipeline.review.options import ReviewOptions
from pipeline.settings import Settings


def serve(settings: Settings, options: ReviewOptions) -> None:
    """Serve until the process is told to end; requests under way are answered first."""
    app = create_app(settings, options)
    uvicorn.run(app, host=options.host, port=options.port, log_config=None, server_header=False, proxy_headers=False)
