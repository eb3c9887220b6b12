package io.sessiontracker.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.sessiontracker.history.SessionModel.Living;
import io.sessiontracker.spi.ScanPosition;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** The calls on a type's sessions, and the clock. */
final class TypeSteps {

    private TypeSteps() {}

    record MoveClock(int ticks) implements Step {
        @Override
        public void on(History history) {
            history.moveClock(Ticks.TICK.multipliedBy(ticks));
        }
    }

    record Count(String type, boolean finished) implements Step {
        @Override
        public void on(History history) {
            long count = History.join(history.store().count(type, finished));
            assertThat(count).as("count").isEqualTo(History.join(history.model().count(type, finished)));
        }
    }

    /** A whole scan, page by page; from that address's position if one is given. */
    record Scan(
            String type,
            boolean finished,
            int limit,
            Condition condition,
            @Nullable Address after) implements Step {
        @Override
        public void on(History history) {
            ScanPosition position = after == null ? null : history.position(after, finished);
            List<String> scanned = new ArrayList<>();
            String next = position == null ? null : position.cursor();
            do {
                SessionScan.Reply reply = History.join(
                        history.store().scan(new SessionScan(type, finished, next, limit, condition.clauses())));
                assertThat(reply.sessions()).hasSizeLessThanOrEqualTo(limit);
                reply.sessions().stream()
                        .filter(each -> condition.holds(each.session()))
                        .forEach(each -> scanned.add(each.key() + ": " + Text.of(each.session())));
                next = reply.next();
            } while (next != null);

            assertThat(scanned)
                    .as("scan")
                    .isEqualTo(history.model().living(type, finished).stream()
                            .filter(each -> position == null || History.isAfter(position, each))
                            .filter(each -> condition.holds(each.session()))
                            .map(Scan::text)
                            .toList());
        }

        private static String text(Living each) {
            return each.address().key() + ": " + Text.of(each.session());
        }
    }

    /** What a scan looks for. */
    enum Condition {
        NOTHING_SPECIAL(List.of()),
        TENANT(List.of(new SessionScan.Clause("tenant", Set.of("a")))),
        TENANTS(List.of(new SessionScan.Clause("tenant", Set.of("a", "", Content.TENANTS.get(4))))),
        TENANT_AND_COLOUR(List.of(
                new SessionScan.Clause("tenant", Set.of("a", "b")), new SessionScan.Clause("colour", Set.of("red")))),
        NEVER_THERE(List.of(new SessionScan.Clause("never", Set.of("x")))),
        NO_VALUE(List.of(new SessionScan.Clause("tenant", Set.of())));

        private final List<SessionScan.Clause> clauses;

        Condition(List<SessionScan.Clause> clauses) {
            this.clauses = clauses;
        }

        List<SessionScan.Clause> clauses() {
            return clauses;
        }

        boolean holds(StoredSession session) {
            return clauses.stream()
                    .allMatch(clause -> clause.values()
                            .contains(session.data().properties().getOrDefault(clause.property(), "absent")));
        }
    }

    /**
     * Claims of what is due.
     *
     * @param share 0 to sweep all; else the turn that processes share, in ticks
     * @param drain whether to go on while there is more
     */
    record Sweep(String type, int claim, int lease, int share, boolean drain) implements Step {
        @Override
        public void on(History history) {
            SessionSweep sweep = new SessionSweep(type, claim, Ticks.millis(lease), Ticks.millis(share));
            SessionSweep.Reply reply = history.claims().sweep(sweep);
            while (drain && reply.more()) {
                sweep = sweep.from(reply.next());
                reply = history.claims().sweep(sweep);
            }
        }
    }

    /** Ends claims, as their listeners took them: of the last ones, in one call or each by itself. */
    record Acknowledge(int last, boolean together) implements Step {
        @Override
        public void on(History history) {
            history.claims().acknowledge(last, together);
        }
    }
}
