package dev.signalbox.deploys;

import dev.signalbox.logs.DeploymentLog;
import dev.signalbox.projects.Workload;

/** A deployment with what it concerns and the log that people follow. */
record Job(Deployment deployment, Workload workload, DeploymentLog log) {}
