package io.sessiontracker.benchmarks.candidate;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.redis.lock.RedisSessionLockProvider;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.session.data.redis.RedisSessionRepository;

import static io.sessiontracker.SessionEntryOptions.absolute;
import static io.sessiontracker.SessionEntryOptions.sliding;
import static io.sessiontracker.benchmarks.candidate.Work.CHANGE;
import static io.sessiontracker.benchmarks.candidate.Work.COUNT;
import static io.sessiontracker.benchmarks.candidate.Work.FINISH;
import static io.sessiontracker.benchmarks.candidate.Work.GET;
import static io.sessiontracker.benchmarks.candidate.Work.LIFE;
import static io.sessiontracker.benchmarks.candidate.Work.LOCKED_CHANGE;
import static io.sessiontracker.benchmarks.candidate.Work.MODIFY;
import static io.sessiontracker.benchmarks.candidate.Work.PAGE;
import static io.sessiontracker.benchmarks.candidate.Work.PEEK;
import static io.sessiontracker.benchmarks.candidate.Work.START;

/** The candidates, the baseline first. */
public final class Candidates {

    /** What the others are compared to. */
    public static final String BASELINE = "RedisTemplate + Jackson";

    public static final String TEMPLATE_WITH_LOCK = "RedisTemplate + Redisson lock";
    public static final String TRACKER = "SessionTracker";
    public static final String OWN_LOCK = "SessionTracker, own lock";
    public static final String INDEXED = "SessionTracker, one index";
    public static final String UNQUERYABLE = "SessionTracker, not queryable";
    public static final String SLIDING_ONLY = "SessionTracker, sliding only";
    public static final String ABSOLUTE_ONLY = "SessionTracker, absolute only";
    public static final String VALIDATED = "SessionTracker, near cache validated";
    public static final String LOCAL = "SessionTracker, near cache local";
    public static final String ENCRYPTED = "SessionTracker, encrypted";
    public static final String AUTHORIZED = "SessionTracker, with an authorizer";
    public static final String FINISHED = "SessionTracker, finished store";
    public static final String SPRING_SESSION = "RedisSessionRepository";
    public static final String SPRING_SESSION_INDEXED = "RedisIndexedSessionRepository";
    public static final String SPRING_DATA = "Spring Data @RedisHash";

    private static final Set<Work> BASIC = EnumSet.of(START, GET, CHANGE, FINISH, LIFE);
    private static final Set<Work> WITH_PAGE = EnumSet.of(START, GET, CHANGE, FINISH, LIFE, PAGE);
    private static final Set<Work> WITH_COUNT = EnumSet.of(START, GET, CHANGE, FINISH, LIFE, PAGE, COUNT);
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    /**
     * A candidate.
     *
     * @param works the works to measure
     */
    public record Entry(String name, Set<Work> works, Function<Clients, Candidate> opener) {}

    private Candidates() {}

    /** Returns all candidates. */
    public static List<Entry> all() {
        return List.of(
                new Entry(BASELINE, BASIC, TemplateCandidate::new),
                new Entry(TRACKER, EnumSet.complementOf(EnumSet.of(PAGE)), clients -> new Tracker(clients).open()),
                new Entry(
                        INDEXED,
                        WITH_COUNT,
                        clients -> new Tracker(clients).indexed().open()),
                new Entry(
                        UNQUERYABLE,
                        BASIC,
                        clients -> new Tracker(clients).unqueryable().open()),
                new Entry(
                        SLIDING_ONLY,
                        EnumSet.of(START, GET, CHANGE),
                        clients ->
                                new Tracker(clients).lifetime(sliding(LIFETIME)).open()),
                new Entry(
                        ABSOLUTE_ONLY,
                        EnumSet.of(START, GET, CHANGE),
                        clients -> new Tracker(clients)
                                .lifetime(absolute(LIFETIME))
                                .open()),
                new Entry(
                        VALIDATED,
                        EnumSet.of(GET, PEEK),
                        clients -> new Tracker(clients)
                                .nearCache(NearCacheMode.VALIDATED)
                                .open()),
                new Entry(
                        LOCAL,
                        EnumSet.of(GET, PEEK, MODIFY),
                        clients -> new Tracker(clients)
                                .nearCache(NearCacheMode.LOCAL)
                                .open()),
                new Entry(
                        ENCRYPTED,
                        EnumSet.of(START, GET, CHANGE),
                        clients -> new Tracker(clients).encrypted().open()),
                new Entry(
                        AUTHORIZED,
                        EnumSet.of(GET),
                        clients -> new Tracker(clients).authorized().open()),
                new Entry(FINISHED, EnumSet.of(GET), clients -> new FinishedCandidate(new Tracker(clients).build())),
                new Entry(
                        OWN_LOCK,
                        EnumSet.of(LOCKED_CHANGE),
                        clients -> new Tracker(clients)
                                .locks(
                                        "mart",
                                        (drivers, namespace) -> drivers.closing(
                                                new RedisSessionLockProvider(drivers.lettuce, namespace)))
                                .open()),
                new Entry(TEMPLATE_WITH_LOCK, EnumSet.of(LOCKED_CHANGE), TemplateCandidate::new),
                new Entry(SPRING_SESSION, BASIC, Candidates::springSession),
                new Entry(SPRING_SESSION_INDEXED, WITH_PAGE, IndexedSpringSessionCandidate::open),
                new Entry(SPRING_DATA, WITH_PAGE, SpringDataCandidate::new));
    }

    /** Opens a candidate. */
    public static Candidate open(String name, Clients clients) {
        return all().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow()
                .opener()
                .apply(clients);
    }

    private static Candidate springSession(Clients clients) {
        RedisTemplate<String, Object> template = clients.template(new CartSerializer(clients.json));
        return new SpringSessionCandidate<>(new RedisSessionRepository(template));
    }
}
