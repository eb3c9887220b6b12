package io.sessiontracker.autoconfigure;

import java.util.Collection;

import io.sessiontracker.engine.SweepSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for whoever wonders where the sessions are. */
record StartupSummary(String namespace, String store, String locks, SweepSettings sweep) {

    private static final Logger logger = LoggerFactory.getLogger(StartupSummary.class);

    void tell(Collection<String> types) {
        logger.info(
                "Session tracker: namespace {}, sessions in {}, locks by {}, {}, known types {}",
                namespace,
                store,
                locks,
                sweep.enabled() ? "sweep each " + sweep.interval() : "no sweep in the background",
                types);
    }
}
