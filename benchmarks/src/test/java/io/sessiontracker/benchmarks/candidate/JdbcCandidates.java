package io.sessiontracker.benchmarks.candidate;

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.jdbc.JdbcDatabase;
import io.sessiontracker.jdbc.JdbcSessionDataProvider;
import io.sessiontracker.jdbc.JdbcSessionLockProvider;
import io.sessiontracker.json.JacksonSessionCodec;
import org.jspecify.annotations.Nullable;

/** The candidates on a database, the baseline first. */
public final class JdbcCandidates {

    /** What the others are compared to. */
    public static final String BASELINE = "JdbcClient + Jackson";

    public static final String TRACKER = "SessionTracker";
    public static final String EXACT = "SessionTracker, tolerance 0";
    public static final String INDEXED = "SessionTracker, one index";
    public static final String SPRING_SESSION = "Spring Session JDBC";

    /** The namespace of {@link #INDEXED}. */
    public static final String INDEXED_NAMESPACE = "shop-indexed";

    private static final Set<Work> BASIC = EnumSet.of(Work.START, Work.GET, Work.PEEK, Work.CHANGE);
    private static final Set<Work> LOCKED =
            EnumSet.of(Work.START, Work.GET, Work.PEEK, Work.CHANGE, Work.LOCKED_CHANGE);
    private static final Set<Work> WITH_PAGE = EnumSet.of(Work.START, Work.GET, Work.PEEK, Work.CHANGE, Work.PAGE);

    private JdbcCandidates() {}

    /** Returns which candidates there are for which works. */
    public static Map<String, Set<Work>> works() {
        Map<String, Set<Work>> works = new LinkedHashMap<>();
        works.put(BASELINE, BASIC);
        works.put(TRACKER, LOCKED);
        works.put(EXACT, EnumSet.of(Work.GET));
        works.put(INDEXED, WITH_PAGE);
        works.put(SPRING_SESSION, WITH_PAGE);
        return works;
    }

    /** Opens a candidate on a database with all tables. */
    public static Candidate open(String name, JdbcDatabase database) {
        return switch (name) {
            case BASELINE -> new PlainJdbcCandidate(database);
            case SPRING_SESSION -> SpringSessionJdbcCandidate.of(database.dataSource());
            case EXACT -> tracker(database, "shop-exact", Set.of(), Duration.ZERO);
            case INDEXED -> tracker(database, INDEXED_NAMESPACE, Set.of(TrackerCandidate.TENANT), null);
            default -> tracker(database, "shop", Set.of(), null);
        };
    }

    private static Candidate tracker(
            JdbcDatabase database, String namespace, Set<String> indexed, @Nullable Duration tolerance) {
        SessionTypeSettings builtIn = SessionTypeSettings.BUILT_IN;
        SessionTypeSettings settings = new SessionTypeSettings(
                        SessionEntryOptions.sliding(Duration.ofMinutes(30)),
                        null,
                        builtIn.finished(),
                        builtIn.lock(),
                        indexed)
                .withSlidingTolerance(tolerance);
        return new TrackerCandidate(
                new SessionTrackerBuilder(
                                new JdbcSessionDataProvider(database, namespace),
                                new JdbcSessionLockProvider(database, namespace),
                                new JacksonSessionCodec())
                        .settings(new SessionTrackerSettings(settings, Map.of()))
                        .buildIdle(),
                !indexed.isEmpty());
    }
}
