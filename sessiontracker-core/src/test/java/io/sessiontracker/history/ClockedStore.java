package io.sessiontracker.history;

import java.time.Duration;
import java.util.List;

import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionScan;

import static io.sessiontracker.history.History.join;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store that goes by the history's clock itself.
 *
 * @param emptiness fails if anything is stored
 */
record ClockedStore(SessionDataProvider provider, Runnable emptiness) implements HistoryStore {

    @Override
    public void clockMoved(Duration by) {}

    @Override
    public void check(SessionModel model) {
        for (String type : Address.TYPES) {
            check(model, type, false);
            check(model, type, true);
        }
    }

    @Override
    public void assertEmpty() {
        emptiness.run();
    }

    private void check(SessionModel model, String type, boolean finished) {
        List<String> stored = join(provider.scan(new SessionScan(type, finished, null, 100))).sessions().stream()
                .map(each -> each.key() + ": " + Text.of(each.session()))
                .toList();
        assertThat(stored)
                .isEqualTo(model.queryable(type, finished).stream()
                        .map(each -> each.address().key() + ": " + Text.of(each.session()))
                        .toList());
    }
}
