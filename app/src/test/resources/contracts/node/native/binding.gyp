{ "targets": [{ "target_name": "native", "sources": ["native.c"] }] }
