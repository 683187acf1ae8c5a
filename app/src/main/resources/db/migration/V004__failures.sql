-- What a deployment failed of, beside the words of its reason; unknown for those that failed before.
ALTER TABLE deployments ADD COLUMN failure TEXT
    CHECK (failure IN ('ended', 'out-of-memory', 'unhealthy', 'wrong-port', 'other'));
ALTER TABLE deployments ADD COLUMN exit_code INTEGER;
