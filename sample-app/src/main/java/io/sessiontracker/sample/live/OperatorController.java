package io.sessiontracker.sample.live;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.sessiontracker.Session;
import io.sessiontracker.SessionPage;
import io.sessiontracker.SessionQuery;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.sample.checkout.CheckoutSession;
import io.sessiontracker.sample.web.InvalidCursor;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Serves the operator's page. Read-only, and keeps no checkout alive; to end one, the page uses the customer's handlers. A shop on
 * a network would restrict this to its staff.
 */
@RestController
@RequestMapping("/operator")
class OperatorController {

    private static final int PAGE_SIZE = 20;
    private static final int LATEST = 5;

    private final SessionTracker tracker;
    private final CheckoutLocks locks;
    private final Expiries expiries;
    private final LiveEvents events;

    OperatorController(SessionTracker tracker, CheckoutLocks locks, Expiries expiries, LiveEvents events) {
        this.tracker = tracker;
        this.locks = locks;
        this.expiries = expiries;
        this.events = events;
    }

    /** Returns the counts, which are the same on every instance. */
    @GetMapping("/counts")
    Counts counts() {
        ExpiryTally tally = expiries.tally();
        return new Counts(
                tracker.count(CheckoutSession.class),
                tracker.query(CheckoutSession.class).finished().count(),
                tally.getTotal(),
                tally.getLatest().stream().limit(LATEST).toList());
    }

    /** Returns a page of running or finished checkouts with the holders of their locks. */
    @GetMapping("/checkouts")
    Page checkouts(
            @RequestParam(defaultValue = "all") String filter,
            @RequestParam(defaultValue = "false") boolean finished,
            @RequestParam(required = false) @Nullable String after) {
        SessionQuery<CheckoutSession> query =
                tracker.query(CheckoutSession.class).where(filter).pageSize(PAGE_SIZE);
        SessionPage<CheckoutSession> page = page(finished ? query.finished() : query, after);
        Map<String, CheckoutLocks.Lock> held =
                locks.of(page.sessions().stream().map(Session::getKey).toList());
        return new Page(
                page.sessions().stream()
                        .map(checkout -> Row.of(checkout, held.get(checkout.getKey())))
                        .toList(),
                page.nextCursor());
    }

    private static SessionPage<CheckoutSession> page(SessionQuery<CheckoutSession> query, @Nullable String after) {
        try {
            return query.after(after).page();
        } catch (IllegalArgumentException noCursorOfThisQuery) {
            throw new InvalidCursor();
        }
    }

    /** Streams the events of this instance. */
    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events() throws IOException {
        return events.open();
    }

    record Counts(long running, long finished, long expired, List<ExpiryTally.Entry> lastExpired) {}

    record Page(List<Row> checkouts, @Nullable String next) {}

    record Row(
            String orderId,
            long version,
            Instant startedAt,
            @Nullable Instant expiresAt,
            Map<String, String> properties,
            int lines,
            boolean ordered,
            CheckoutLocks.@Nullable Lock lock) {

        static Row of(CheckoutSession checkout, CheckoutLocks.@Nullable Lock lock) {
            return new Row(
                    checkout.getKey(),
                    checkout.getVersion(),
                    checkout.getStartedAt(),
                    Instant.MAX.equals(checkout.getExpiresAt()) ? null : checkout.getExpiresAt(),
                    checkout.getProperties(),
                    checkout.getLines().size(),
                    checkout.getStatus() == CheckoutSession.Status.ORDERED,
                    lock);
        }
    }
}
