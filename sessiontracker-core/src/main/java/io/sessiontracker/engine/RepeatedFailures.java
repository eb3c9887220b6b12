package io.sessiontracker.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs sweeps that fail again and again, as they do while the store is down: the first with its stack, then one line each time
 * their number has doubled, and one when the type's sweep works again.
 */
final class RepeatedFailures {

    private static final Logger log = LoggerFactory.getLogger(RepeatedFailures.class);

    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    void failed(String type, Throwable cause) {
        boolean others = failures.keySet().stream().anyMatch(other -> !other.equals(type));
        int count = failures.merge(type, 1, Integer::sum);
        if (count == 1 && !others) {
            log.warn("The sweep of {} failed; it is tried again at each interval", type, cause);
        } else if (Integer.bitCount(count) == 1) {
            log.warn("The sweep of {} failed ({} in a row): {}", type, count, cause.getMessage());
        }
    }

    void ended(String type) {
        Integer count = failures.remove(type);
        if (count != null) {
            log.info("The sweep of {} works again, after {} failures", type, count);
        }
    }
}
