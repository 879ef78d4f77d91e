def test_the_first_page_leads_somewhere(client):
    assert client.get("/").status_code in {200, 303}
    assert client.get("/healthz").text == "ok\n"


def test_what_is_not_there_is_said(client):
    found = client.get("/nothing-of-that-name")
    assert found.status_code == 404
    assert "<h1>There is no such page</h1>" in found.text
