import json
from io import BytesIO

from pipeline.exports.prodigy import make_tasks, write_prodigy


def test_each_record_is_a_task_with_the_answer_a_person_gave(annotated):
    tasks = list(make_tasks(annotated))
    assert [(task["meta"]["record"], task["answer"]) for task in tasks] == [
        ("en-1", "accept"),
        ("ag-1", "ignore"),
        ("cl-1", "reject"),
    ]
    assert tasks[0]["text"] == "Norland signed the Kestrel Treaty."
    assert tasks[0]["spans"] == [{"start": 0, "end": 7, "label": "STATE"}]
    assert [tasks[2]["text"][span["start"] : span["end"]] for span in tasks[2]["spans"]] == [
        "it would hold",
        "if Sudland agree",
    ]
    assert (tasks[1]["meta"]["is_decided"], tasks[0]["meta"]["corrected"]) == (False, {"type": "STATE"})


def test_tasks_are_lines_of_json(annotated):
    out = BytesIO()
    assert write_prodigy(out, [annotated]) == 3
    assert [json.loads(line)["meta"]["kind"] for line in out.getvalue().splitlines()] == [
        "entity",
        "agreement",
        "claim",
    ]
