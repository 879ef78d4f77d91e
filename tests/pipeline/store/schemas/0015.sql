-- An account with a session, what was done with it, and a decision that notes itself.
INSERT INTO account (name, role, password, made_at, changed_at) VALUES ('ana', 'admin', NULL, '2025-07-20T08:00:00Z', '2025-07-20T08:00:00Z');
INSERT INTO session (digest, account, started_at, seen_at, address, agent) VALUES ('0f1e', 'ana', '2025-07-20T08:00:00Z', '2025-07-20T08:00:00Z', '127.0.0.1', '');
INSERT INTO audit (at, who, what, subject, address, detail) VALUES ('2025-07-20T08:00:00Z', 'ana', 'sign-in', 'ana', '127.0.0.1', '{}');
INSERT INTO decision (who, "when", record_id, action, kind) VALUES ('ana', '2025-07-20T08:00:00Z', 'cl-2417d6075262ee58', 'note', 'assertion_of_fact');
