"""How vectors are handed to the database."""

import numpy as np
import pytest
from sqlalchemy import Column, MetaData, Table, insert, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DataError

from pipeline.store.vector_type import QuickVector


def test_every_number_comes_back_bit_for_bit(store):
    chance = np.random.default_rng(3)
    vectors = chance.normal(size=(20, 384)).astype(np.float32)
    vectors[0, :4] = [0.0, 1e-38, -1.0, 16_777_217.0]
    table = Table("tried_vectors", MetaData(), Column("vector", QuickVector(384)), prefixes=["TEMPORARY"])
    with store.begin() as connection:
        table.create(connection)
        connection.execute(insert(table), [{"vector": vector} for vector in (*vectors, vectors[1][::-1])])
        found = np.array(connection.execute(select(table.c.vector)).scalars().all(), dtype=np.float32)
    np.testing.assert_array_equal(found, np.concatenate([vectors, vectors[1:2, ::-1]]))


def test_what_is_no_number_is_refused(store):
    table = Table("tried_vectors", MetaData(), Column("vector", QuickVector(2)), prefixes=["TEMPORARY"])
    with store.engine.connect() as connection:
        table.create(connection)
        with pytest.raises(DataError, match="invalid input syntax"):
            connection.execute(insert(table), [{"vector": np.array([np.nan, 1.0])}])


@pytest.mark.parametrize(("value", "said"), [(None, None), ([1.0, 2.0], "[1.0,2.0]"), (np.array([1, 2]), "[1.0,2.0]")])
def test_what_else_may_be_given(value, said):
    assert QuickVector(2).bind_processor(postgresql.dialect())(value) == said
