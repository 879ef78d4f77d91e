-- When somebody last looked at what changed.
INSERT INTO last_look (visitor, at) VALUES ('ana', '2025-07-20T08:00:00Z');
