import json


def test_the_youngest_article_comes_first(reader):
    rows = json.loads(reader("articles", "--json").out)

    assert [row["published"] for row in rows] == sorted((row["published"] for row in rows), reverse=True)
    assert len(json.loads(reader("articles", "--limit", "1", "--json").out)) == 1


def test_articles_of_a_publisher(reader):
    rows = json.loads(reader("articles", "--json").out)
    publisher = rows[0]["publisher"]

    found = json.loads(reader("articles", "--publisher", publisher.upper(), "--json").out)

    assert [row["id"] for row in found] == [row["id"] for row in rows if row["publisher"] == publisher]


def test_no_body_of_plain_text_is_doubtful(reader):
    assert json.loads(reader("articles", "--doubtful", "--json").out) == []
