package io.sessiontracker.autoconfigure;

import java.util.Collection;

import io.sessiontracker.engine.SweepSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The line of the log that says where sessions and locks are. */
record StartupSummary(String namespace, String store, String locks, SweepSettings sweep) {

    private static final Logger logger = LoggerFactory.getLogger(StartupSummary.class);

    void log(Collection<String> types) {
        logger.info(
                "Session tracker: namespace {}, sessions in {}, locks by {}, {}, known types {}",
                namespace,
                store,
                locks,
                sweep.enabled() ? "sweep every " + sweep.interval() : "no sweep in the background",
                types);
    }
}
