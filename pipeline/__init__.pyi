from collections.abc import Iterable

from pandas import DataFrame
from pydantic import BaseModel

from pipeline.decisions import Decision as Decision
from pipeline.errors import EntenteError as EntenteError
from pipeline.interface import articles as articles
from pipeline.interface import claims as claims
from pipeline.interface import entities as entities
from pipeline.interface import extract as extract
from pipeline.interface import ingest as ingest
from pipeline.interface import load as load
from pipeline.interface import open_store as open_store
from pipeline.interface import read as read
from pipeline.interface import register as register
from pipeline.interface import search as search
from pipeline.reading.article import read_article as read_article
from pipeline.records import Agreement as Agreement
from pipeline.records import Article as Article
from pipeline.records import Claim as Claim
from pipeline.records import Entity as Entity
from pipeline.records import Extraction as Extraction
from pipeline.records import RawArticle as RawArticle
from pipeline.records import Theme as Theme
from pipeline.road import extract_article as extract_article
from pipeline.settings import Settings as Settings
from pipeline.store.store import Store as Store

def frame(found: Iterable[BaseModel]) -> DataFrame: ...
