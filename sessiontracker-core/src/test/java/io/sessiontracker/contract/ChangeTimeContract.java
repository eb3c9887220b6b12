package io.sessiontracker.contract;

import java.util.List;
import java.util.function.Supplier;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When something was changed, by the store's clock. */
interface ChangeTimeContract extends DataFixture {

    @Test
    default void shouldReportWhenItWasChanged() {
        SessionCalls session = session();
        SessionVersion version = session.starts("a");
        List<Supplier<StoreReply>> calls = List.of(
                () -> session.update(version, "b"),
                session::finish,
                session::resume,
                () -> session.finishSilently(OperationToken.random()),
                () -> session.resumeSilently(OperationToken.random()),
                session::delete);

        calls.forEach(call -> {
            long before = storeTime();
            StoreReply reply = call.get();
            assertThat(reply)
                    .isInstanceOfSatisfying(
                            StoreReply.Done.class, done -> assertThat(done.at()).isBetween(before, storeTime()));
        });
    }

    /** A reader that needed the clock for that would cost more. */
    @Test
    default void shouldNotReportWhenItWasRead() {
        SessionCalls session = session();
        session.starts("a");
        assertThat(List.of(session.get(), session.peek(), session.touch()))
                .allSatisfy(reply -> assertThat(at(reply)).isZero());
        session.finish();
        assertThat(at(session.getFinished())).isZero();
    }

    private static long at(StoreReply reply) {
        return ((StoreReply.Done) reply).at();
    }
}
