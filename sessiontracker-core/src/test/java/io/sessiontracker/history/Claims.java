package io.sessiontracker.history;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionSweep.Expired;

import static io.sessiontracker.history.History.join;
import static org.assertj.core.api.Assertions.assertThat;

/** What a store claimed in a history: it may choose among what has expired, and the model follows. */
final class Claims {

    private final SessionModel model;
    private final SessionDataProvider store;
    private final List<Claimed> claimed = new ArrayList<>();

    Claims(SessionModel model, SessionDataProvider store) {
        this.model = model;
        this.store = store;
    }

    private record Claimed(String type, Expired expired) {

        void acknowledge(SessionDataProvider provider) {
            join(provider.acknowledgeExpired(
                    new SessionAddress(type, expired.key()),
                    expired.session().version().id()));
        }
    }

    /** A sweep on the store, and on the model claims of the same sessions. */
    SessionSweep.Reply sweep(SessionSweep sweep) {
        List<Expired> claimable = model.claimable(sweep.type());
        SessionSweep.Reply reply = join(store.sweep(sweep));
        assertThat(texts(reply.claimed()))
                .as("claimed")
                .hasSizeLessThanOrEqualTo(sweep.claim())
                .doesNotHaveDuplicates()
                .isSubsetOf(texts(claimable));
        reply.claimed().forEach(each -> claim(sweep, each));
        if (sweep.shareMillis() == 0 && sweep.claim() > 0 && !reply.more()) {
            assertThat(texts(model.claimable(sweep.type())))
                    .as("what is left although the store says there is no more")
                    .isEmpty();
        }
        return reply;
    }

    private static List<String> texts(List<Expired> expired) {
        return expired.stream().map(Text::of).toList();
    }

    private void claim(SessionSweep sweep, Expired expired) {
        claimed.add(new Claimed(sweep.type(), expired));
        model.claim(
                new SessionAddress(sweep.type(), expired.key()),
                expired.session().version().id(),
                sweep.leaseMillis());
    }

    /** Ends the last claims. */
    void acknowledge(int last, boolean together) {
        List<Claimed> ended = claimed.subList(Math.max(0, claimed.size() - last), claimed.size());
        ended.forEach(each -> each.acknowledge(model));
        if (together) {
            ended.stream()
                    .collect(Collectors.groupingBy(
                            Claimed::type, Collectors.mapping(Claimed::expired, Collectors.toList())))
                    .forEach((type, expired) -> join(store.acknowledgeExpired(type, expired)));
        } else {
            ended.forEach(each -> each.acknowledge(store));
        }
    }
}
