"""The review page: the text beside the register, in a browser. FastAPI and Jinja2; htmx where there is JavaScript."""
