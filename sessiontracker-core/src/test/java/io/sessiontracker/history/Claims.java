package io.sessiontracker.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionSweep;

import static io.sessiontracker.history.History.join;
import static org.assertj.core.api.Assertions.assertThat;

/** What a store claimed in a history: it may choose among what has expired, and the model follows. */
final class Claims {

    private final SessionModel model;
    private final SessionDataProvider store;
    private final List<Claim> claimed = new ArrayList<>();

    Claims(SessionModel model, SessionDataProvider store) {
        this.model = model;
        this.store = store;
    }

    /**
     * A claim.
     *
     * @param claimed as the store answered it
     * @param expected the same as the model has it
     */
    private record Claim(String type, SessionSweep.Claimed claimed, SessionSweep.Claimed expected) {

        void acknowledge(SessionDataProvider provider, SessionSweep.Claimed claimed) {
            if (claimed.reminder() != null) {
                join(provider.acknowledgeReminders(type, List.of(claimed)));
            } else {
                join(provider.acknowledgeExpired(
                        new SessionAddress(type, claimed.key()),
                        claimed.session().version().id()));
            }
        }

        boolean isReminder() {
            return claimed.reminder() != null;
        }
    }

    /** A sweep on the store, and on the model claims of the same sessions. */
    SessionSweep.Reply sweep(SessionSweep sweep) {
        List<SessionSweep.Claimed> claimable =
                sweep.reminders() ? model.dueReminders(sweep.type()) : model.claimable(sweep.type());
        SessionSweep.Reply reply = join(store.sweep(sweep));
        assertThat(texts(reply.claimed()))
                .as("claimed")
                .hasSizeLessThanOrEqualTo(sweep.claim())
                .doesNotHaveDuplicates()
                .isSubsetOf(texts(claimable));
        reply.claimed().forEach(each -> claim(sweep, each, claimable));
        if (sweep.shareMillis() == 0 && sweep.claim() > 0 && !reply.more()) {
            assertThat(texts(left(sweep)))
                    .as("what is left although the store says there is no more")
                    .isEmpty();
        }
        return reply;
    }

    private List<SessionSweep.Claimed> left(SessionSweep sweep) {
        return sweep.reminders() ? model.claimableReminders(sweep.type()) : model.claimable(sweep.type());
    }

    private static List<String> texts(List<SessionSweep.Claimed> expired) {
        return expired.stream().map(Text::of).toList();
    }

    private void claim(SessionSweep sweep, SessionSweep.Claimed each, List<SessionSweep.Claimed> claimable) {
        SessionSweep.Claimed expected = claimable.stream()
                .filter(one -> Text.of(one).equals(Text.of(each)))
                .findFirst()
                .orElseThrow();
        claimed.add(new Claim(sweep.type(), each, expected));
        SessionAddress address = new SessionAddress(sweep.type(), each.key());
        if (each.reminder() != null) {
            model.claimReminder(address, each.reminder(), sweep.leaseMillis());
        } else {
            model.claim(address, each.session().version().id(), sweep.leaseMillis());
        }
    }

    /** Ends the last claims. */
    void acknowledge(int last, boolean together) {
        List<Claim> ended = claimed.subList(Math.max(0, claimed.size() - last), claimed.size());
        ended.forEach(each -> each.acknowledge(model, each.expected()));
        if (together) {
            byType(ended, false).forEach((type, each) -> join(store.acknowledgeExpired(type, each)));
            byType(ended, true).forEach((type, each) -> join(store.acknowledgeReminders(type, each)));
        } else {
            ended.forEach(each -> each.acknowledge(store, each.claimed()));
        }
    }

    private static Map<String, List<SessionSweep.Claimed>> byType(List<Claim> claims, boolean reminders) {
        return claims.stream()
                .filter(claim -> claim.isReminder() == reminders)
                .collect(Collectors.groupingBy(Claim::type, Collectors.mapping(Claim::claimed, Collectors.toList())));
    }
}
