package io.sessiontracker.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.history.SessionModel.Living;
import io.sessiontracker.spi.ScanPosition;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionSweep;
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
            @Nullable Address after,
            boolean newestFirst) implements Step {
        @Override
        public void on(History history) {
            ScanPosition position = after == null ? null : history.position(after, finished);
            List<String> scanned = new ArrayList<>();
            String next = position == null ? null : position.cursor();
            do {
                SessionScan scan =
                        new SessionScan(type, finished, next, limit, condition.filter, condition.indexed, newestFirst);
                SessionScan.Reply reply = History.join(history.store().scan(scan));
                assertThat(reply.sessions()).hasSizeLessThanOrEqualTo(limit);
                reply.sessions().stream()
                        .filter(each -> reply.residual() == null || scan.matches(reply.residual(), each))
                        .forEach(each -> scanned.add(each.key() + ": " + Text.of(each.session())));
                next = reply.next();
            } while (next != null);

            assertThat(scanned)
                    .as("scan")
                    .isEqualTo(history.model().queryable(type, finished).stream()
                            .sorted(newestFirst ? SessionModel.NEWEST_FIRST : SessionModel.BY_BUCKET)
                            .filter(each -> position == null || History.isAfter(position, each, newestFirst))
                            .filter(each -> condition.holds(type, each))
                            .map(Scan::text)
                            .toList());
        }

        private static String text(Living each) {
            return each.address().key() + ": " + Text.of(each.session());
        }
    }

    /** What a scan looks for. */
    enum Condition {
        NOTHING_SPECIAL(null),
        TENANT("tenant is 'a'", "tenant"),
        TENANTS("tenant in ['a','','" + Content.TENANTS.get(4) + "']", "tenant", "colour"),
        TENANT_AND_COLOUR("tenant in ['a','b'] and colour is 'red'", "tenant", "colour"),
        COLOUR_BY_NO_INDEX("not colour is 'red'"),
        TENANT_AND_OTHERS("tenant is 'a' or tenant is 'b' and not (has colour or $Version is '1')", "tenant"),
        NEVER_THERE("never is 'x'", "never"),
        NO_VALUE("tenant in []", "tenant");

        private final @Nullable SessionFilter filter;
        private final Set<String> indexed;

        Condition(@Nullable String filter, String... indexed) {
            this.filter = filter == null ? null : SessionFilter.parse(filter);
            this.indexed = Set.of(indexed);
        }

        boolean holds(String type, Living living) {
            return filter == null
                    || SessionScan.matches(
                            filter, type, new SessionScan.Item(living.address().key(), living.session(), ""));
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

    /** Claims of reminders that are due. */
    record Remind(String type, int claim, int lease, boolean drain) implements Step {
        @Override
        public void on(History history) {
            SessionSweep sweep = SessionSweep.claimReminders(type, claim, Ticks.millis(lease));
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
