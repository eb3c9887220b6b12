package io.sessiontracker.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import io.sessiontracker.spi.ScanPosition;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionSweep;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** A provider's calls on all sessions of a type, each waited for. */
record TypeCalls(SessionDataProvider provider, String type) {

    static final long LEASE = 3_600_000;

    private static final Comparator<ScanPosition> ORDER = Comparator.comparingInt(ScanPosition::bucket)
            .thenComparingLong(ScanPosition::startedAt)
            .thenComparing(position -> position.key().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private static final Comparator<ScanPosition> NEWEST_FIRST = Comparator.comparingLong(ScanPosition::startedAt)
            .thenComparing(ORDER)
            .reversed();

    SessionCalls session(String key) {
        return new SessionCalls(provider, new SessionAddress(type, key));
    }

    /** Starts that many sessions, named {@code key-0} and so on. */
    List<String> starts(int count) {
        List<String> keys = IntStream.range(0, count).mapToObj(i -> "key-" + i).toList();
        keys.forEach(key -> session(key).starts(key));
        return keys;
    }

    SessionScan.Reply scan(boolean finished, @Nullable String after, int limit) {
        return Stages.join(provider.scan(new SessionScan(type, finished, after, limit)));
    }

    /** A whole scan, whose order is checked on the way. */
    List<SessionScan.Item> scanAll(boolean finished, int limit) {
        return scanAll(new SessionScan(type, finished, null, limit));
    }

    /** A whole scan; what the store leaves of the filter is applied to its replies, as the engine does. */
    List<SessionScan.Item> scanAll(SessionScan first) {
        List<SessionScan.Item> scanned = new ArrayList<>();
        ScanPosition last = null;
        String after = first.after();
        do {
            SessionScan scan = first.page(after, first.limit());
            SessionScan.Reply reply = Stages.join(provider.scan(scan));
            assertThat(reply.sessions()).hasSizeLessThanOrEqualTo(scan.limit());
            for (SessionScan.Item session : reply.sessions()) {
                ScanPosition position = ScanPosition.of(new SessionAddress(type, session.key()), session.session());
                assertInOrder(last, position, first.newestFirst() ? NEWEST_FIRST : ORDER);
                last = position;
                if (reply.residual() == null || scan.matches(reply.residual(), session)) {
                    scanned.add(session);
                }
            }
            after = reply.next();
        } while (after != null);
        return scanned;
    }

    private static void assertInOrder(
            @Nullable ScanPosition first, ScanPosition second, Comparator<ScanPosition> order) {
        if (first != null) {
            assertThat(order.compare(first, second))
                    .as(first + " before " + second)
                    .isNegative();
        }
    }

    /** The keys of the running sessions, as a scan returns. */
    List<String> keys() {
        return scanAll(false, 50).stream().map(SessionScan.Item::key).toList();
    }

    /** The keys of the finished sessions, as a scan returns. */
    List<String> finishedKeys() {
        return scanAll(true, 50).stream().map(SessionScan.Item::key).toList();
    }

    long count() {
        return Stages.join(provider.count(type, false));
    }

    long countFinished() {
        return Stages.join(provider.count(type, true));
    }

    SessionSweep.Reply sweep(int claim, long leaseMillis) {
        return Stages.join(provider.sweep(new SessionSweep(type, claim, leaseMillis, 0)));
    }

    /** Claims all that there is, for an hour. */
    List<SessionSweep.Claimed> claimAll() {
        return claimAll(LEASE);
    }

    List<SessionSweep.Claimed> claimAll(long leaseMillis) {
        List<SessionSweep.Claimed> claimed = new ArrayList<>();
        SessionSweep.Reply reply;
        do {
            reply = sweep(100, leaseMillis);
            claimed.addAll(reply.claimed());
        } while (reply.more());
        return claimed;
    }

    void acknowledgeExpired(SessionSweep.Claimed expired) {
        Stages.await(provider.acknowledgeExpired(
                new SessionAddress(type, expired.key()),
                expired.session().version().id()));
    }
}
