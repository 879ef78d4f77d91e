"""The same for programs: JSON under ``/api/v1``, a module per noun, behind the same roles."""

from fastapi import APIRouter

#: Each router bears the prefix ``/api/v1``; its routes' names begin with ``api_`` and stand in ``access.py``.
ROUTERS: list[APIRouter] = []
